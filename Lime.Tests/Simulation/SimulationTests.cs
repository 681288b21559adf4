using System.Diagnostics;
using System.Globalization;
using Lime.Core.Migration;
using Lime.Tests.Checking;
using NUnit.Framework;

namespace Lime.Tests.Simulation;

/// <remarks>Goal: no app and no host can tell that its switch migrates (paper section 4). Method: seeded runs in
/// virtual time, each judged by <see cref="TraceChecker"/>. LIME_SEEDS and LIME_SEED_START say which seeds.</remarks>
[Category("Simulation")]
[Parallelizable(ParallelScope.Children)]
public sealed class SimulationTests
{
    private const int SeedsByDefault = 200;

    [Test]
    public void Every_run_is_one_of_an_ordinary_switch() =>
        Check(Scenario.Of, static (sum, runs) => sum.IsTelling(runs), SeedsByDefault);

    /// <remarks>Switches whose barriers lie or whose caches lag, and plans that ask for the evidence that fits them
    /// (H-19); sources that are lost; clocks that go wrong (H-46 to H-48).</remarks>
    [Test]
    public void Every_run_with_a_hardship_is_one_of_an_ordinary_switch() =>
        Check(HardScenarios.Of, static (sum, runs) => sum.IsHardEnough(runs), SeedsByDefault);

    /// <remarks>H-32, H-59 to H-62.</remarks>
    [Test]
    public void Every_run_with_tables_groups_and_meters_is_one_of_an_ordinary_switch() =>
        Check(HardScenarios.PipelineOf, static (sum, runs) => sum.IsMeteredEnough(runs), SeedsByDefault / 2);

    /// <remarks>So that the runs above prove something: with the same switches, whose word is taken.</remarks>
    [TestCase(nameof(Hardship.LyingBarriers))]
    [TestCase(nameof(Hardship.LaggingCaches))]
    public void Switches_that_lie_are_noticed_where_barriers_are_believed(string kind)
    {
        Hardship hardship = Enum.Parse<Hardship>(kind);
        int noticed = Enumerable.Range(1, 400).Select(HardScenarios.Of)
            .Where(each => each.Hardship == hardship && each.DurationMs < 1000).Take(40)
            .Count(each => !TraceChecker.Check(SimulatedRun.Of(each with { Evidence = Evidence.Barrier }).Trace)
                .IsExplained);
        Assert.That(noticed, Is.GreaterThan(1));
    }

    private static void Check(
        Func<int, Scenario> scenarioOf, Func<RunSum, int, bool> isTelling, int seedsByDefault)
    {
        int start = Setting("LIME_SEED_START", 1), count = Setting("LIME_SEEDS", seedsByDefault);
        var sum = new RunSum();
        List<string> failures = [];
        foreach (int seed in Enumerable.Range(start, count))
        {
            long began = Stopwatch.GetTimestamp();
            RunResult result = SimulatedRun.Of(scenarioOf(seed));
            sum.Ran(Stopwatch.GetElapsedTime(began));
            TraceVerdict verdict = TraceChecker.Check(result.Trace);
            sum.Add(result, verdict);
            if (verdict.IsExplained && result.HasEnded) continue;
            RunReport.WriteWhole(result);
            TestContext.Out.WriteLine($"Seed {seed} fails: {string.Join(", ", verdict.Violations
                .GroupBy(each => each.Kind).Select(each => $"{each.Count()} {each.Key}"))}");
            failures.Add(RunReport.Of(result, verdict, isLong: failures.Count == 0));
        }
        TestContext.Out.WriteLine(sum);
        Assert.That(failures, Is.Empty, string.Join("\n\n", failures.Take(20)));
        Assert.That(isTelling(sum, count), Is.True, sum.ToString());
    }

    [Test]
    public void The_same_seed_gives_the_same_trace([Range(1, 6)] int seed)
    {
        string first = SimulatedRun.Of(seed).Trace.Text;
        Assert.That(SimulatedRun.Of(seed).Trace.Text, Is.EqualTo(first));
        Assert.That(SimulatedRun.Of(seed + 1000).Trace.Text, Is.Not.EqualTo(first));
    }

    private static int Setting(string name, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? value
            : byDefault;
}
