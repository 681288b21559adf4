using System.Diagnostics;
using System.Globalization;
using Lime.Tests.Checking;
using NUnit.Framework;

namespace Lime.Tests.Simulation;

/// <remarks>Goal: no app and no host can tell that its switch migrates (paper section 4). Method: seeded runs in
/// virtual time, each judged by <see cref="TraceChecker"/>. LIME_SEEDS and LIME_SEED_START say which seeds.</remarks>
[Category("Simulation")]
public sealed class SimulationTests
{
    private const int SeedsByDefault = 200;

    [Test]
    public void Every_run_is_one_of_an_ordinary_switch()
    {
        int start = Setting("LIME_SEED_START", 1), count = Setting("LIME_SEEDS", SeedsByDefault);
        var sum = new RunSum();
        List<string> failures = [];
        for (int seed = start; seed < start + count; seed++)
        {
            long began = Stopwatch.GetTimestamp();
            RunResult result = SimulatedRun.Of(seed);
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
        Assert.That(sum.IsTelling(count), Is.True, sum.ToString());
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
