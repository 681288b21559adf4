using System.Globalization;
using NUnit.Framework;

namespace Lime.Tests.Tidy;

/// <remarks>Goal: the code stays small, plain and in its rooms. Method: measure every source file of the
/// solution, and ask the compiler what each name means.</remarks>
[TestFixture]
internal sealed class CodeBaseTests
{
    private static readonly string[] Measured = ["files", "functions"];
    private static readonly string[] Parts = ["product", "tests"];

    private CodeBase _codeBase = null!;
    private SizeMeasurement[] _measurements = null!;
    private Dictionary<string, Finding[]> _findings = null!;

    [OneTimeSetUp]
    public void Measure_everything_and_print_the_table()
    {
        _codeBase = CodeBase.Load();
        _measurements = [.. Measured.SelectMany(what => Parts.Select(part => Measure(what, part)))];
        _findings = TidyRules.All.ToDictionary(rule => rule.Name, rule => _codeBase.Check(rule).ToArray());
        foreach (string row in TableRows()) TestContext.Progress.WriteLine(row);
    }

    [Test]
    public void Sizes_keep_their_limits(
        [ValueSource(nameof(Measured))] string what, [ValueSource(nameof(Parts))] string part)
    {
        SizeMeasurement measurement = _measurements.Single(each => each.Name == $"{what}, {part}");
        Assert.That(measurement.Faults(), Is.Empty);
    }

    [TestCaseSource(nameof(RuleNames))]
    public void The_code_base_keeps_the_rule_that(string rule) => Assert.That(_findings[rule], Is.Empty);

    [Test]
    public void Projects_refer_to_each_other_as_the_architecture_says()
    {
        string[] projects = [.. Directory.EnumerateFiles(CodeBase.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/artifacts/", StringComparison.Ordinal))];
        var found = projects.ToDictionary(
            path => Path.GetFileNameWithoutExtension(path), path => ProjectReferences.Read(File.ReadAllText(path)));

        Assert.That(found, Is.EquivalentTo(ProjectReferences.Allowed));
    }

    private static IEnumerable<string> RuleNames() => TidyRules.All.Select(rule => rule.Name);

    private SizeMeasurement Measure(string what, string part)
    {
        SourceFile[] files = [.. _codeBase.Files.Where(file => file.IsProduct == (part == "product"))];
        return what == "files"
            ? new($"{what}, {part}", SizeLimit.Files, files.Select(file => new Sized(file.Path, file.Lines.Count - 1)))
            : new($"{what}, {part}", SizeLimit.Functions, files.SelectMany(FunctionSizes.Of));
    }

    private IEnumerable<string> TableRows()
    {
        yield return Row("lines of", "count", "median", "95 %", "longest");
        foreach (SizeMeasurement each in _measurements)
        {
            SizeLimit limit = each.Limit;
            yield return Row(
                each.Name, $"{each.Count}", $"{each.Median} (<{limit.MedianBelow})",
                $"{each.Most} (<{limit.MostBelow})", $"{each.Longest} (<={limit.Max})");
        }
        foreach ((string rule, Finding[] found) in _findings) yield return $"{found.Length,5} x not: {rule}";
    }

    private static string Row(string name, string count, string median, string most, string longest) => string.Create(
        CultureInfo.InvariantCulture, $"{name,-20} {count,6} {median,12} {most,12} {longest,14}");
}
