using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.Tests.Migration;
using NUnit.Framework;

namespace Lime.Tests.Transcripts;

/// <remarks>Goal: no app can tell (paper section 4): the transcript of all that an app is told, and all that hosts
/// receive, is the same with a migration as without. Method: one script in virtual time, once without a migration and
/// once
/// for each step with a migration that begins in it and goes on over the steps behind it; the transcripts are compared
/// step by step, in each of which nothing depends on another. What is normalised: <see
/// cref="TranscriptApp"/>.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
internal sealed class TranscriptTests(OpenFlowVersion version)
{
    /// <summary>Steps in the script.</summary>
    private const int StepCount = 31;

    /// <summary>How much later than without a migration an app may learn that a rule's time ran out: a reading of idle
    /// rules before the migration, one in it.</summary>
    private static readonly TimeSpan LateMax = TimeSpan.FromMilliseconds(1600);

    private Transcript _alone = null!;

    [OneTimeSetUp]
    public void RunAlone()
    {
        _alone = Run(_ => { });
        Assert.That(_alone.Steps, Has.Length.EqualTo(StepCount));
        string all = string.Join('\n', _alone.Steps.SelectMany(each => each));
        foreach (string kind in (string[])["packet-in 1 Action", "packet-in 1 NoMatch", "flow-removed", "Delete",
            "error for overlapping", "h1 received", "h2 received", "barrier", "flow 300",
            "aggregate"])
            Assert.That(all, Does.Contain(kind), "the script has to bring it about");
        Assert.That(_alone.RanOut, Has.Length.EqualTo(2));
    }

    [Test]
    public void The_same_run_gives_the_same_transcript() => AssertSame(Run(_ => { }), "nothing");

    [Test]
    public void A_clone_that_begins_at_any_step_changes_nothing(
        [Range(0, StepCount - 4)] int step, [Values] bool isQuick)
    {
        IMigration? migration = null;
        Transcript moved = Run(lab => migration = lab.Start(Plan(isQuick)), step);
        Assert.That(migration!.Progress.Phase, Is.EqualTo(MigrationPhase.Completed), migration.Progress.Detail);
        AssertSame(moved, $"a clone from step {step}");
    }

    [Test]
    public void A_clone_that_is_aborted_at_any_step_changes_nothing([Range(0, StepCount - 4, 2)] int step)
    {
        IMigration? migration = null;
        Transcript moved = Run(
            lab =>
            {
                if (migration is null) migration = lab.Start(Plan(isQuick: false));
                else _ = migration.AbortAsync("The test wants it.");
            },
            step, step + 2);
        Assert.That(migration!.Progress.Phase, Is.EqualTo(MigrationPhase.Aborted), migration.Progress.Detail);
        AssertSame(moved, $"a clone from step {step} that is aborted");
    }

    /// <summary>The comparison can fail: a switch that loses one packet-in is found out.</summary>
    [Test]
    public void A_difference_is_found()
    {
        string[][] steps = [.. _alone.Steps.Select(each => each.ToArray())];
        int step = Array.FindIndex(steps, each => each.Any(IsPacketIn));
        steps[step] = [.. steps[step].Where(line => !IsPacketIn(line))];
        Assert.That(Differences(_alone with { Steps = steps }), Is.Not.Empty, "a loss");
        (string Rule, TimeSpan At) ended = _alone.RanOut[0];
        (string, TimeSpan)[] early = [(ended.Rule, ended.At - TimeSpan.FromMilliseconds(100)), _alone.RanOut[1]];
        Assert.That(Differences(_alone with { RanOut = early }), Is.Not.Empty, "an early end");
        Assert.That(Differences(_alone with { RanOut = [ended] }), Is.Not.Empty, "no end");
    }

    /// <summary>Both instances are live over several steps, or the switch moves within one.</summary>
    private static MigrationPlan Plan(bool isQuick) => FigureThreeBed.Plan() with
    {
        AttachmentInterval = isQuick ? TimeSpan.Zero : TimeSpan.FromMilliseconds(2.6 * TranscriptScript.StepMs),
    };

    private Transcript Run(Action<FigureThreeBed> migrate, params int[] atSteps)
    {
        var app = new TranscriptApp("s3");
        using var lab = new FigureThreeBed(version, new FigureThreeOptions
        {
            OtherRules = 4,
            JitterFraction = 0,
            MoreApps = [app],
            Moved = new EmulatedSwitchOptions(),
        });
        var script = new TranscriptScript(lab, app, version);
        app.Take();
        app.Now = () => lab.Bed.Network.Now;
        var transcript = new List<string[]>();
        for (int i = 0; i < script.Steps.Length; i++)
        {
            if (atSteps.Contains(i)) migrate(lab);
            lab.Bed.RunMs(20); // The step comes while the migration is in one of its phases.
            lab.Bed.Do(() =>
            {
                script.Steps[i]();
                return 0;
            });
            lab.Bed.RunMs(TranscriptScript.StepMs - 20);
            transcript.Add(app.Take());
        }
        return new Transcript([.. transcript], [.. app.RanOut]);
    }

    private void AssertSame(Transcript other, string what) =>
        Assert.That(Differences(other), Is.Empty, what);

    private List<string> Differences(Transcript other)
    {
        var differences = new List<string>();
        for (int step = 0; step < _alone.Steps.Length; step++)
        {
            differences.AddRange(
                Without(_alone.Steps[step], other.Steps[step]).Select(each => $"step {step} lacks {each}"));
            differences.AddRange(
                Without(other.Steps[step], _alone.Steps[step]).Select(each => $"step {step} has besides {each}"));
        }
        string[] rules = [.. _alone.RanOut.Select(each => each.Rule)];
        string[] others = [.. other.RanOut.Select(each => each.Rule)];
        differences.AddRange(Without(rules, others).Select(each => $"never told: {each}"));
        differences.AddRange(Without(others, rules).Select(each => $"told besides: {each}"));
        foreach ((string rule, TimeSpan at) in other.RanOut)
        {
            TimeSpan late = at - _alone.RanOut.FirstOrDefault(each => each.Rule == rule).At;
            bool isInTime = late > TimeSpan.FromMilliseconds(-20) && late < LateMax;
            if (!isInTime) differences.Add($"{late.TotalMilliseconds:F0} ms late: {rule}");
        }
        return differences;
    }

    /// <summary>What is in one but not in the other, each as often.</summary>
    private static string[] Without(string[] these, string[] those)
    {
        var left = those.ToList();
        return [.. these.Where(each => !left.Remove(each))];
    }

    private static bool IsPacketIn(string line) => line.StartsWith("packet-in", StringComparison.Ordinal);

    /// <summary>What an app was told, step by step, and when rules' time ran out.</summary>
    private sealed record Transcript(string[][] Steps, (string Rule, TimeSpan At)[] RanOut);
}
