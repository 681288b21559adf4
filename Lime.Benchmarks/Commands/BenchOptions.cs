using System.CommandLine;
using Lime.Apps.Sample.Commands;

namespace Lime.Benchmarks.Commands;

/// <summary>Options that several commands have.</summary>
internal static class BenchOptions
{
    /// <summary>One document to the standard output; everything else goes to the error stream then.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print the results as one JSON document; progress and tables go to the error stream",
    };

    /// <summary>An option of a whole number, by a long and a short name.</summary>
    public static Option<int> Count((string Long, string Short) name, string description, int usual, (int, int) range)
    {
        Option<int> option = OptionText.Count(name.Long, "N", description, usual, range);
        option.Aliases.Add(name.Short);
        return option;
    }

    public static Option<string> Version(string description)
    {
        var option = new Option<string>("--version")
        {
            Description = description,
            DefaultValueFactory = _ => OptionText.Versions[0],
        };
        option.AcceptOnlyFromAmong(OptionText.Versions);
        return option;
    }
}
