using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: commands that meet something else on their way (a refusal, the end of a rule's time, an instance that
/// is being left) leave what one switch would have left. Method: each was found by a simulated run of many; here it is
/// alone.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class CrossingCommandTests(OpenFlowVersion version)
{
    private const ushort Port = 9;

    /// <remarks>The deletion finds nothing, and the switch has said before that the rule is gone. Later deletions are
    /// not taken for it.</remarks>
    [Test]
    public void A_rule_that_runs_out_just_before_its_deletion_is_reported_once()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { JitterFraction = 0 });
        FlowMod rule = Rule(1) with { HardTimeoutSeconds = 1, Flags = FlowModFlags.SendFlowRemoved };
        lab.Bed.Send(lab.Moved, rule);
        lab.Bed.RunMs(1000 + (ControllerBed.ControlDelay.TotalMilliseconds / 2));
        Assert.That(lab.App.Removed, Is.Empty);
        Assert.That(lab.S3.Flows.Count(each => each.Priority == 300), Is.EqualTo(1), "its time is not over yet");
        lab.Bed.Send(lab.Moved, Deleting(rule));
        lab.Bed.RunMs(20);
        Assert.That(lab.App.Removed.Select(each => each.Message.Cookie), Is.EqualTo(new[] { rule.Cookie }));
        FlowMod next = Rule(2) with { Flags = FlowModFlags.SendFlowRemoved };
        lab.Bed.Send(lab.Moved, next);
        lab.Bed.Send(lab.Moved, Deleting(next));
        lab.Bed.RunMs(20);
        Assert.That(lab.App.Removed.Select(each => each.Message.Cookie),
            Is.EqualTo(new[] { rule.Cookie, next.Cookie }));
    }

    /// <remarks>H-22, H-33: the target has neither the guard nor counters that begin anew. So the change waits until no
    /// packet comes to it, and what it counts is nobody's.</remarks>
    [Test]
    public void A_change_that_the_target_refuses_waits_until_no_packet_comes_there()
    {
        using var lab = new FigureThreeBed(version);
        lab.Bed.Send(lab.Moved, Rule(1));
        lab.Bed.Barrier(lab.Moved);
        IMigration migration = StartHalfway(lab);
        Ask(lab, 5); // By s4.
        Assert.That(CountOf(lab), Is.EqualTo(5));
        lab.Bed.Network.Switch("s1").StallControl(true);
        lab.S4.RejectFlowMod = static flowMod => flowMod.Command == FlowModCommand.Add;
        // In 1.0 every ADD begins the counters anew.
        FlowModFlags anew = version == OpenFlowVersion.V10 ? FlowModFlags.None : FlowModFlags.ResetCounts;
        lab.Bed.Send(lab.Moved, Rule(2) with { Flags = anew });
        lab.Bed.RunMs(50);
        Assert.That(migration.Progress.Phase, Is.EqualTo(MigrationPhase.Aborting));
        Assert.That(lab.Moved.Updates.IsIdle, Is.False, "s1 still sends to s4, which has the old rule");
        Assert.That(lab.S3.Flows.Single(each => each.Priority == 300).Actions, Is.EqualTo(ActionList.ToController));
        Ask(lab, 3); // They still meet the rule that was there.
        lab.Bed.Network.Switch("s1").StallControl(false);
        Assert.That(lab.Bed.RunUntil(() => lab.Moved.Updates.IsIdle, 1000), Is.True);
        Assert.That(CountOf(lab), Is.Zero, "what the old rule has counted is gone with it");
        Ask(lab, 2);
        Assert.That(CountOf(lab), Is.EqualTo(2));
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(CountOf(lab), Is.EqualTo(2));
    }

    /// <remarks>H-17: what the app has sent before may be at the target, which doesn't answer for a while.</remarks>
    [Test]
    public void A_barrier_waits_for_an_instance_that_is_being_left()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = StartHalfway(lab);
        lab.S4.StallControl(true);
        Task<bool> barrier = lab.Bed.Begin(async () =>
        {
            await lab.Moved.BarrierAsync();
            return true;
        });
        _ = migration.AbortAsync("Enough.");
        lab.Bed.RunMs(200);
        Assert.That(barrier.IsCompleted, Is.False);
        lab.S4.StallControl(false);
        Assert.That(lab.Bed.RunUntil(() => barrier.IsCompleted, 50), Is.True);
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));
    }

    /// <remarks>So that no packet meets the guard of a rule in the place of one above it: which one sent it up is in
    /// doubt where packet-ins name no rule.</remarks>
    [Test]
    public void In_1_0_guards_come_from_the_highest_priority_down_and_go_from_the_lowest_up()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = StartHalfway(lab);
        List<(FlowModCommand Command, ushort Priority)> seen = [];
        lab.S3.RejectFlowMod = flowMod =>
        {
            if (flowMod.Priority is >= 300 and < 400) seen.Add((flowMod.Command, flowMod.Priority));
            return false;
        };
        ushort[] rising = [300, 301, 302];
        ushort[] falling = [.. rising.Reverse()];
        // Where packet-ins name their rule nothing is in doubt, and all goes as the app said it.
        bool isOrdered = version == OpenFlowVersion.V10;
        SendAtOnce(lab, [.. rising.Select(each => Rule(1) with { Priority = each })]);
        Assert.That(seen.Take(3).Select(each => each.Priority), Is.EqualTo(isOrdered ? falling : rising), "the guards");
        seen.Clear();
        SendAtOnce(lab, [.. falling.Select(each => Deleting(Rule(1)) with { Priority = each })]);
        Assert.That(seen.Take(3).Select(each => each.Priority), Is.EqualTo(falling), "the guards");
        Assert.That(
            seen.Skip(3),
            Is.EqualTo((isOrdered ? rising : falling).Select(each => (FlowModCommand.DeleteStrict, each))));
        _ = migration.AbortAsync("Enough.");
        lab.Finish(migration);
    }

    /// <remarks>A rule that came while the target was filled was not confirmed by anybody's barrier: packets of its
    /// guard were taken for those of a rule beneath it that apps see first.</remarks>
    [Test]
    public void A_barrier_that_a_plan_names_as_evidence_confirms_entries_too()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { OtherRules = 200 });
        lab.Bed.Send(lab.Moved, Rule(1) with
        {
            Priority = 200,
            Actions = ActionList.Of(FlowAction.Output(PortNumber.Controller), FlowAction.Output(new(1))),
        });
        lab.Bed.Barrier(lab.Moved);
        MigrationPlan plan = HalfwayPlan with { Evidence = Evidence.Barrier };
        IMigration migration = lab.Start(plan);
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.RulesCopied > 0), Is.True);
        FlowMod above = Rule(2) with { Actions = ActionList.Output(new PortNumber(1)) };
        lab.Bed.Send(lab.Moved, above);
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True);
        lab.S4.StallControl(true);
        lab.Bed.Send(lab.Moved, above with { Command = FlowModCommand.ModifyStrict, Actions = ActionList.Drop });
        lab.Bed.RunMs(10); // s3 has confirmed the guard, s4 has not.
        lab.H2.SendUdp(lab.H1.Ip, Port, Port, "?"u8);
        lab.Bed.RunMs(10);
        Assert.That(lab.Moved.Updates.Counts.Held, Is.EqualTo(1));
        Assert.That(lab.App.PacketIns, Is.Empty);
        lab.S4.StallControl(false);
        _ = migration.AbortAsync("Enough.");
        lab.Finish(migration);
    }

    /// <remarks>It has missed what the target has confirmed.</remarks>
    [Test]
    public void Nobody_goes_back_to_a_source_that_was_lost_whatever_the_operator_wishes()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.Start(
            FigureThreeBed.Plan() with { DrainQuietTime = TimeSpan.FromMilliseconds(500) });
        lab.RunUntilPhase(migration, MigrationPhase.Draining);
        lab.S3.Disconnect();
        lab.Bed.RunMs(2);
        lab.Bed.Send(lab.Moved, Rule(1));
        lab.Bed.ConnectAndSettle(lab.S3);
        MigrationProgress end = lab.Bed.Loop.RunUntilDone(migration.AbortAsync("Enough."), TimeSpan.FromMinutes(1));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(end.Detail, Does.Contain("could not be aborted (Enough.), since its source was lost"));
        Assert.That(lab.S4.Flows.Count(each => each.Priority == 300), Is.EqualTo(1));
    }

    private static MigrationPlan HalfwayPlan { get; } =
        FigureThreeBed.Plan() with { AttachmentInterval = TimeSpan.FromSeconds(30) };

    private static IMigration StartHalfway(FigureThreeBed lab)
    {
        IMigration migration = lab.Start(HalfwayPlan);
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True, "half moved");
        return migration;
    }

    private static FlowMod Rule(ulong cookie) => new()
    {
        Match = FigureThreeBed.UdpTo(Port),
        Priority = 300,
        Cookie = new Cookie(cookie),
        Actions = ActionList.Output(new PortNumber(2)),
    };

    private static FlowMod Deleting(FlowMod rule) => rule with { Command = FlowModCommand.DeleteStrict };

    /// <summary>Behind another change, while which they wait, so that they share a transaction.</summary>
    private static void SendAtOnce(FigureThreeBed lab, FlowMod[] all)
    {
        lab.Bed.Do(() =>
        {
            lab.Moved.Send(ControllerBed.Forward(1, 2, 700) with { Match = Match.Any.WithEthType(0x0806) });
            foreach (FlowMod each in all) lab.Moved.Send(each);
            return true;
        });
        Assert.That(lab.Bed.RunUntil(() => lab.Moved.Updates.IsIdle, 1000), Is.True);
    }

    private static void Ask(FigureThreeBed lab, int count)
    {
        for (int i = 0; i < count; i++) lab.H1.SendUdp(lab.H2.Ip, Port, Port, "?"u8);
        lab.Bed.RunMs(20);
    }

    private static ulong CountOf(FigureThreeBed lab) =>
        lab.Bed.Flows(lab.Moved).Single(each => each.Priority == 300).PacketCount;
}
