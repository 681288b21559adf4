using NUnit.Framework;

namespace Lime.Tests.Tidy;

/// <remarks>Goal: no rule passes because it looks at nothing. Method: give each one source that breaks it,
/// and source like it that doesn't.</remarks>
[TestFixture]
internal sealed class TidyRulesTests
{
    [TestCaseSource(typeof(BadSamples), nameof(BadSamples.All))]
    public void A_rule_finds_what_it_forbids(BadSample sample)
    {
        ITidyRule rule = TidyRules.All.Single(each => each.GetType() == sample.Rule);
        string[] found = [.. CodeBase.Of(sample.Path, sample.Text).Check(rule).Select(each => each.What)];

        Assert.That(found, Has.Length.EqualTo(1));
        Assert.That(found[0], Does.StartWith(sample.Expected));
    }

    [Test]
    public void Every_rule_has_a_bad_sample() => Assert.That(
        BadSamples.All.Select(sample => sample.Rule).Distinct(),
        Is.EquivalentTo(TidyRules.All.Select(rule => rule.GetType())));

    [Test]
    public void Good_source_passes_every_rule([ValueSource(typeof(TidyRules), nameof(TidyRules.All))] ITidyRule rule)
    {
        const string Text = """
            using System.Text.RegularExpressions;

            namespace Lime.Core.Hosting
            {
                // Hosting may use what is beneath it; a comment may end in a sentence.
                public sealed partial record A(int B, int C, int D, int E, int F, int G)
                {
                    private object? Services => typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection);
                    private readonly Lime.Core.Rules.Table _table = new();
                    [GeneratedRegex("x")] private static partial Regex X();
                    private static async Task<int> WaitAsync(Task<int> task) { lock (X()) return task.Result; }
                    private static int Try() { try { return 1; } catch (IOException) { return 0; } }
                }
            }
            """;
        Assert.That(CodeBase.Of("Lime.Core/Hosting/A.cs", Text).Check(rule), Is.Empty);
    }

    [TestCase(89, 299, 400, 0)]
    [TestCase(90, 299, 400, 1)]
    [TestCase(89, 300, 400, 1)]
    [TestCase(89, 299, 401, 1)]
    public void A_measurement_finds_each_limit_that_is_broken(int median, int most, int longest, int faults)
    {
        IEnumerable<Sized> files =
        [
            .. Enumerable.Repeat(new Sized("short", 10), 9), new("median", median),
            .. Enumerable.Repeat(new Sized("most", most), 9), new("longest", longest),
        ];
        Assert.That(new SizeMeasurement("files", SizeLimit.Files, files).Faults().Count(), Is.EqualTo(faults));
    }

    [Test]
    public void Measuring_nothing_is_a_fault() =>
        Assert.That(new SizeMeasurement("files", SizeLimit.Files, []).Faults().Count(), Is.EqualTo(1));

    [Test]
    public void A_function_is_measured_from_its_signature_to_its_end()
    {
        const string Text = """
            class A
            {
                /// <summary>Not counted.</summary>
                [Obsolete]
                void F()
                {
                    int G() => 1;
                    G();
                }
                int P => 1;
                int Q { get; set; }
                int R
                {
                    get { return 1; }
                }
            }
            """;
        Assert.That(
            FunctionSizes.Of(SourceFile.Parse("Lime.Core/A.cs", Text)).Select(each => (each.Name, each.Lines)),
            Is.EqualTo(new[]
            {
                ("Lime.Core/A.cs:5", 5), ("Lime.Core/A.cs:7", 1), ("Lime.Core/A.cs:10", 1), ("Lime.Core/A.cs:14", 1),
            }));
    }

    [Test]
    public void A_project_reference_is_read() => Assert.That(
        ProjectReferences.Read("""
            <Project><ItemGroup>
              <ProjectReference Include="..\Lime.Core\Lime.Core.csproj" />
              <ProjectReference Include="../Lime.Benchmarks/Lime.Benchmarks.csproj" />
              <ProjectReference Include="../Lime.Apps.Sample/Lime.Apps.Sample.csproj" />
            </ItemGroup></Project>
            """),
        Is.EqualTo(ProjectReferences.Allowed["Lime.Tests"]));
}
