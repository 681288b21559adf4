using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: an instance whose control channel stalls for 88 s holds nobody up for that long (H-28), and a step
/// that doesn't get on is given up. Method: the target stalls in each phase, while apps go on with it and with its
/// neighbour.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class SlowInstanceTests(OpenFlowVersion version)
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(88);

    [Test]
    public void A_target_that_stalls_for_88_s_is_given_up_and_its_app_goes_on(
        [Values(MigrationPhase.Cloning, MigrationPhase.Cloned, MigrationPhase.Draining)] MigrationPhase phase)
    {
        using var lab = new FigureThreeBed(version);
        var expected = new QuietNetwork(lab);
        Pinger[] pingers = [lab.StartPings(5), lab.StartPings(5, isBack: true)];
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, phase);
        int movedBefore = migration.Progress.AttachmentsMoved;
        lab.S4.StallControl(true);
        TimeSpan stalled = lab.Bed.Network.Now;

        TimeSpan neighbour = TimeOf(lab, lab.Bed.Virtual("s1"));
        TimeSpan own = TimeOf(lab, lab.Moved);

        Assert.That(neighbour, Is.LessThan(TimeSpan.FromSeconds(1)), "nobody else waits for it");
        // One request's timeout, or two, one behind the other.
        Assert.That(own, Is.LessThan(TimeSpan.FromSeconds(25)), "its app does not wait for long");
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(lab.Bed.Network.Now - stalled, Is.LessThan(Stall), "it is given up before it comes back");
        if (phase == MigrationPhase.Cloning) Assert.That(end.AttachmentsMoved, Is.EqualTo(movedBefore));
        lab.Bed.RunMs((Stall - (lab.Bed.Network.Now - stalled)).TotalMilliseconds);
        lab.S4.StallControl(false);
        lab.Bed.RunMs(15_000);
        foreach (Pinger each in pingers) each.Stop();
        lab.Bed.RunMs(1500);
        Assert.That(pingers.Sum(each => each.Summarise().Lost), Is.Zero, end.Detail);
        Undo(lab);
        expected.AssertHolds(isMoved: false, end.Detail);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    /// <remarks>A queue of commands is bounded whatever an app sends meanwhile.</remarks>
    [Test]
    public void Commands_that_wait_for_a_stalled_target_are_bounded()
    {
        const int QueuedMax = 64;
        using var lab = new FigureThreeBed(
            version, new FigureThreeOptions { Lime = new() { CopyBatchRules = 8, QueuedCommandsMax = QueuedMax } });
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, MigrationPhase.Cloned);
        lab.S4.StallControl(true);
        int refused = lab.Bed.Do(() => Enumerable.Range(0, 1000)
            .Count(_ => lab.Moved.Send(Rule).Outcome == OpenFlow.Channel.SendOutcome.OutboxFull));
        Assert.That(refused, Is.InRange(1000 - QueuedMax - 2, 1000 - QueuedMax));
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));
        lab.Bed.RunMs(100);
        Assert.That(lab.App.Drained, Has.One.EqualTo("s3"), "the app is told that there is room again");
    }

    [Test]
    public void A_step_that_does_not_get_on_is_given_up_after_its_time()
    {
        using var lab = new FigureThreeBed(version);
        var never = new NeverEvidence();
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan() with
        {
            Evidence = never,
            StepTimeout = TimeSpan.FromSeconds(3),
        });
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.StartWith("A step did not get on for 00:00:03."));
        Assert.That(end.Elapsed, Is.InRange(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)));
        Assert.That(end.AttachmentsMoved, Is.Zero);
    }

    [TestCase(0.9)]
    [TestCase(86_401)]
    public void A_step_timeout_out_of_range_is_refused(double seconds)
    {
        using var lab = new FigureThreeBed(version);
        Assert.That(
            () => lab.Start(FigureThreeBed.Plan() with { StepTimeout = TimeSpan.FromSeconds(seconds) }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("StepTimeout"));
    }

    private static FlowMod Rule { get; } = new()
    {
        Match = FigureThreeBed.UdpTo(900),
        Priority = 900,
        Actions = ActionList.Output(new PortNumber(2)),
    };

    /// <summary>How long a rule and a barrier behind it take.</summary>
    private static TimeSpan TimeOf(FigureThreeBed lab, VirtualSwitch virtualSwitch)
    {
        TimeSpan begun = lab.Bed.Network.Now;
        lab.Bed.Send(virtualSwitch, Rule);
        lab.Bed.Barrier(virtualSwitch);
        return lab.Bed.Network.Now - begun;
    }

    private static void Undo(FigureThreeBed lab)
    {
        foreach (VirtualSwitch each in new[] { lab.Moved, lab.Bed.Virtual("s1") })
        {
            lab.Bed.Send(each, Rule with { Command = FlowModCommand.DeleteStrict });
            lab.Bed.Barrier(each);
        }
    }

    private sealed class NeverEvidence : IEvidence
    {
        public string Name => "never";

        public string Proves => "Nothing.";

        public string LeavesOpen => "Everything.";

        public TimeSpan QuietTime => TimeSpan.Zero;

        public bool UsesProbes => false;

        public Task AwaitInForceAsync(IEvidenceSubject subject, CancellationToken cancellationToken) =>
            new TaskCompletionSource().Task;
    }
}
