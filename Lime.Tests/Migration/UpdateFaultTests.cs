using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: an update that is under way when something fails ends as on one switch: nothing is stuck behind a
/// guard, nothing is lost, and order is kept (H-33, H-68). Method: three overlapping updates, and a fault after each
/// millisecond of them.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class UpdateFaultTests(OpenFlowVersion version)
{
    private const int PointsMs = 18;

    [Test]
    public void An_abort_at_any_point_of_an_update_leaves_no_guard([Values] GuardMode guard)
    {
        for (int ms = 0; ms < PointsMs; ms++)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            (IMigration migration, Pinger pinger) = BeginUpdates(lab, guard, ms);
            _ = migration.AbortAsync("Enough.");
            AssertAborted(lab, migration, $"{guard}, aborted after {ms} ms");
            if (guard != GuardMode.Drop) AssertNothingLost(lab, pinger, $"{guard}, aborted after {ms} ms");
        }
    }

    [Test]
    public void A_target_lost_at_any_point_of_an_update_leaves_the_source_to_go_on([Values] GuardMode guard)
    {
        for (int ms = 0; ms < PointsMs; ms++)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            (IMigration migration, _) = BeginUpdates(lab, guard, ms);
            lab.S4.Disconnect();
            AssertAborted(lab, migration, $"{guard}, target lost after {ms} ms");
            Pinger after = lab.StartPings();
            lab.Bed.RunMs(20);
            AssertNothingLost(lab, after, $"{guard}, target lost after {ms} ms");
            lab.Bed.ConnectAndSettle(lab.S4);
            Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.Zero, $"{guard}, {ms} ms: it is emptied when it is back");
        }
    }

    /// <remarks>It does not answer, in phase one or two, until its requests have timed out.</remarks>
    [Test]
    public void A_target_that_stalls_at_any_point_of_an_update_is_left([Values] GuardMode guard)
    {
        for (int ms = 0; ms < PointsMs; ms += 2)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            (IMigration migration, _) = BeginUpdates(lab, guard, ms);
            lab.S4.StallControl(true);
            lab.Bed.RunMs(3);
            if (lab.Moved.Updates.IsIdle) break; // It had confirmed all before.
            AssertAborted(lab, migration, $"{guard}, target stalled after {ms} ms");
            lab.S4.StallControl(false);
            lab.Bed.RunMs(100);
            Assert.That(lab.Moved.Updates.IsIdle, Is.True);
        }
    }

    /// <remarks>What was a guard on it is not taken for an app's rule when it is back.</remarks>
    [Test]
    public void A_source_lost_at_any_point_of_an_update_has_no_guard_once_it_is_back([Values] GuardMode guard)
    {
        for (int ms = 0; ms < PointsMs; ms++)
        {
            using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
            (IMigration migration, Pinger pinger) = BeginUpdates(lab, guard, ms);
            lab.S3.Disconnect();
            string what = $"{guard}, source lost after {ms} ms";
            // The target has all that the source had, so it goes on, and nothing waits for a source that can't be told.
            MigrationProgress end = lab.Finish(migration);
            Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), $"{what}: {end.Detail}");
            Assert.That(end.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)), what);
            lab.Bed.RunMs(100);
            Assert.That(lab.Moved.Updates.IsIdle, Is.True, what);
            lab.Bed.ConnectAndSettle(lab.S3);
            lab.Bed.RunMs(100);
            Assert.That(lab.S3.Flows, Is.Empty, what);
            AssertSettled(lab, what, isMoved: true);
            if (guard != GuardMode.Drop) AssertNothingLost(lab, pinger, what);
        }
    }

    /// <remarks>H-29, with a target that stops listening and is left: until all traffic goes to the source, the update
    /// must wait.</remarks>
    [Test]
    public void A_target_that_is_lost_lets_no_answer_meet_an_older_rule([Range(0, 9)] int ms, [Values] bool isStalled)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
        var trace = new QuestionTrace(lab);
        lab.Bed.Send(lab.Moved, Flooding(0) with { Command = FlowModCommand.Add });
        IMigration migration = StartHalfway(lab, GuardMode.Serialise);
        ITimer questions = trace.Ask();
        lab.Bed.RunMs(10);
        // Neighbours are slow, so that traffic goes on to the lost target for a while.
        lab.Bed.Network.Switch("s1").StallControl(true);
        lab.Bed.Send(lab.Moved, Flooding(1));
        lab.Bed.RunMs(ms);
        if (isStalled) lab.S4.StallControl(true);
        else lab.S4.Disconnect();
        lab.Bed.RunMs(300);
        lab.Bed.Network.Switch("s1").StallControl(false);
        lab.Finish(migration);
        lab.Bed.RunMs(50);
        questions.Dispose();
        lab.Bed.RunMs(50);
        Assert.That(trace.Versions, Is.EqualTo(2));
        Assert.That(trace.Violations, Is.Empty);
        Assert.That(lab.Moved.Updates.IsIdle, Is.True);
    }

    /// <remarks>H-46 to H-49: its time is over while its change is under way.</remarks>
    [Test]
    public void A_rule_whose_time_is_over_within_an_update_is_gone_for_good([Range(0, 4)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        IMigration migration = lab.StartAndStopHalfway();
        FlowMod rule = ControllerBed.Forward(1, 2, 300) with
        {
            Match = Match.Any.WithInPort(new PortNumber(1)).WithEthType(0x0800),
            HardTimeoutSeconds = 1,
            Flags = FlowModFlags.SendFlowRemoved,
        };
        lab.Bed.Send(lab.Moved, rule);
        lab.Bed.RunMs(900);
        lab.S3.StallControl(true);
        lab.Bed.Send(lab.Moved, rule with
        {
            Command = FlowModCommand.ModifyStrict,
            Actions = ActionList.Of(FlowAction.SetIpTos(8), FlowAction.Output(new PortNumber(2))),
        });
        lab.Bed.RunMs(1000 + seed);
        Assert.That(lab.App.Removed, Is.Empty, "the update comes first");
        lab.S3.StallControl(false);
        lab.Bed.RunMs(700);
        Assert.That(lab.App.Removed, Has.Count.EqualTo(1));
        Assert.That(lab.S3.Flows.Concat(lab.S4.Flows).Count(each => each.Priority == 300), Is.Zero);
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    /// <summary>One that adds a rule, one that puts another above it, one that deletes the first: each overlaps the
    /// next, all are pending at once.</summary>
    private static (IMigration Migration, Pinger Pinger) BeginUpdates(FigureThreeBed lab, GuardMode guard, int ms)
    {
        IMigration migration = StartHalfway(lab, guard);
        Pinger pinger = lab.StartPings();
        lab.Bed.RunMs(5);
        lab.Bed.Do(() =>
        {
            lab.Moved.Send(ControllerBed.Forward(1, 2, 300));
            lab.Moved.Send(ControllerBed.Forward(1, 2, 301));
            return lab.Moved.Send(ControllerBed.Forward(1, 2, 300) with { Command = FlowModCommand.DeleteStrict });
        });
        lab.Bed.RunMs(ms);
        return (migration, pinger);
    }

    private static IMigration StartHalfway(FigureThreeBed lab, GuardMode guard)
    {
        IMigration migration = lab.Start(FigureThreeBed.Plan() with
        {
            Guard = guard,
            AttachmentInterval = TimeSpan.FromSeconds(30),
        });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True, "half moved");
        return migration;
    }

    private static void AssertAborted(FigureThreeBed lab, IMigration migration, string what)
    {
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), $"{what}: {end.Detail}");
        lab.Bed.RunMs(100);
        Assert.That(lab.Moved.Updates.IsIdle, Is.True, what);
        AssertSettled(lab, what);
    }

    private static void AssertSettled(FigureThreeBed lab, string what, bool isMoved = false)
    {
        EmulatedSwitch on = isMoved ? lab.S4 : lab.S3;
        Assert.That(lab.Moved.Live.Single().Physical.Name, Is.EqualTo(on.Name), what);
        Assert.That(on.Flows.Where(each => GuardMarks.IsGuard(each.Cookie)), Is.Empty, what);
        Assert.That(lab.RulesOf(on), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))), what);
        Assert.That(on.Flows.Count(each => each.Priority == 300), Is.Zero, what);
        Assert.That(on.Flows.Count(each => each.Priority == 301), Is.EqualTo(1), what);
    }

    private static void AssertNothingLost(FigureThreeBed lab, Pinger pinger, string what)
    {
        pinger.Stop();
        lab.Bed.RunMs(1500);
        PingSummary all = pinger.Summarise();
        Assert.That((all.Lost, all.Duplicates), Is.EqualTo((0, 0)), $"{what}: {all}");
    }

    private static FlowMod Flooding(byte round) => new()
    {
        Command = FlowModCommand.ModifyStrict,
        Match = OpenFlow.Matching.Match.Any.WithEthType(0x0800).WithIpProtocol(17),
        Priority = 500,
        Actions = ActionList.Of(FlowAction.SetIpTos((byte)(round * 4)), FlowAction.Output(PortNumber.Flood)),
    };
}
