using System.Text.RegularExpressions;

namespace Lime.Tests.Packaging;

/// <summary>The code in the README, as files: each C# block stands under a comment that names its file, and
/// the block under <c>output</c> is what they print.</summary>
internal sealed partial class ReadmeCode
{
    private ReadmeCode(Dictionary<string, string> files, string? output)
    {
        Files = files;
        Output = output;
    }

    /// <summary>The blocks, by file name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>What they are said to print; null if the README doesn't say.</summary>
    public string? Output { get; }

    /// <exception cref="FormatException">A C# block has no name, so nothing would try it.</exception>
    public static ReadmeCode Parse(string text)
    {
        var blocks = Block().Matches(text).ToDictionary(
            match => match.Groups["name"].Value, match => match.Groups["code"].Value);
        int codeCount = CodeStart().Count(text);
        int namedCount = blocks.Keys.Count(IsFile);
        if (codeCount != namedCount)
        {
            throw new FormatException(
                $"{codeCount - namedCount} of the README's C# blocks have no <!-- file: name -->.");
        }
        return new(blocks.Where(each => IsFile(each.Key)).ToDictionary(), blocks.GetValueOrDefault("output"));
    }

    private static bool IsFile(string name) => name.EndsWith(".cs", StringComparison.Ordinal);

    [GeneratedRegex(@"^<!-- (file: )?(?<name>\S+) -->\n```\w+\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^```(csharp|cs|c#)$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex CodeStart();
}
