using System.ComponentModel;
using System.Diagnostics;
using Lime.Tests.Tidy;
using NUnit.Framework;

namespace Lime.Tests.Mutants;

/// <remarks>Goal: the mistakes that mutants/run puts in still fit the code. Whether they are noticed is that
/// command's to say.</remarks>
public sealed class PatchTests
{
    private static readonly string Root = CodeBase.Root;

    private static string[] Patches => Directory.GetFiles(Path.Combine(Root, "mutants"), "*.patch")
        .Select(each => Path.GetFileName(each)!).Order().ToArray();

    [Test]
    public void There_are_twenty_mistakes_at_least() => Assert.That(Patches, Has.Length.GreaterThanOrEqualTo(20));

    [TestCaseSource(nameof(Patches))]
    public void A_mistake_still_fits_the_code_and_says_what_it_is(string patch)
    {
        string path = Path.Combine(Root, "mutants", patch);
        Assert.That(File.ReadLines(path).First(), Has.Length.GreaterThan(20).And.Not.StartsWith("diff"));
        var start = new ProcessStartInfo("git", ["apply", "--check", path])
        {
            WorkingDirectory = Root,
            RedirectStandardError = true,
        };
        using Process git = StartOrIgnore(start);
        string said = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.That(git.ExitCode, Is.Zero, said);
    }

    private static Process StartOrIgnore(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            Assert.Ignore($"There is no git here: {exception.Message}");
            throw;
        }
    }
}
