using System.Globalization;
using Lime.Core.Migration;
using Lime.Tests.Checking;
using NUnit.Framework;

namespace Lime.Tests.TenantSimulation;

/// <remarks>Goal: no app and no host can tell that its network moves (paper section 3). Method: seeded runs in virtual
/// time in which a tenant's switches are cloned at once and its hosts move one by one; each switch is judged by itself
/// (<see cref="TraceChecker"/>), with its links as hosts, and then what they do together. LIME_SEEDS and
/// LIME_SEED_START
/// say which seeds.</remarks>
[Category("Simulation")]
public sealed class TenantSimulationTests
{
    private const int SeedsByDefault = 50;

    /// <remarks>Not every such run is explained yet, so it is not among the others: what is open is in
    /// docs/simulation.md.</remarks>
    [Test]
    [Explicit("Some of the seeds are not explained yet.")]
    [Category("OnDemand")]
    public void Every_switch_of_a_tenant_that_moves_is_an_ordinary_switch()
    {
        int start = Setting("LIME_SEED_START", 1), count = Setting("LIME_SEEDS", SeedsByDefault);
        List<string> failures = [];
        int completed = 0, aborted = 0, moved = 0, links = 0, wan = 0;
        foreach (int seed in Enumerable.Range(start, count))
        {
            TenantResult result = TenantRun.Of(TenantScenario.Of(seed));
            completed += result.Migrations.Count(each => each.Phase == MigrationPhase.Completed);
            aborted += result.Migrations.Count(each => each.Phase == MigrationPhase.Aborted);
            (moved, links, wan) = (moved + result.HostsMoved, links + result.LinkFrames, wan + result.WanFrames);
            List<string> faults = result.Faults();
            if (faults.Count == 0) continue;
            WriteWhole(result);
            TestContext.Out.WriteLine($"Seed {seed} fails: {faults[0]}");
            failures.Add($"Seed {seed} (LIME_SEED_START={seed} LIME_SEEDS=1): {result.Scenario}\n"
                + string.Join('\n', faults));
        }
        TestContext.Out.WriteLine($"{count} runs, {failures.Count} failed; {completed} moves completed, {aborted} "
            + $"aborted; {moved} hosts moved; {links} frames over links, {wan} between the sites.");
        Assert.That(failures, Is.Empty, string.Join("\n\n", failures.Take(10)));
        bool isTelling = count < 20
            || (completed > count / 3 && aborted > 0 && moved > count && links > 50 * count && wan > 10 * count);
        Assert.That(isTelling, Is.True, "there was too little in them to prove anything");
    }

    private static void WriteWhole(TenantResult result)
    {
        if (Environment.GetEnvironmentVariable("LIME_TRACE") is not { Length: > 0 } path) return;
        for (int i = 0; i < result.Traces.Length; i++)
        {
            File.WriteAllLines(
                $"{path}.{result.Scenario.Seed}.v{i + 1}",
                result.Traces[i].Events.Select((each, n) => $"{n,6} {each}"));
        }
    }

    private static int Setting(string name, int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? value
            : byDefault;
}
