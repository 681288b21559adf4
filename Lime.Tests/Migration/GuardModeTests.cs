using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: what becomes of packets whose rule changes is the operator's choice, and each way keeps the order
/// of cause and effect (paper section 4.1).</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class GuardModeTests(OpenFlowVersion version)
{
    /// <remarks>H-32: what was dropped is counted as lost, and never under the app's rule.</remarks>
    [Test]
    public void A_dropping_guard_s_losses_are_counted_exactly_and_never_under_the_rule([Range(1, 3)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        IMigration migration = StartHalfway(lab, GuardMode.Drop);
        int arrived = 0;
        int sent = 0;
        lab.H2.ReceiveUdp(7, (EmulatedHost _, in UdpDatagram _) => arrived++);
        FlowMod rule = ControllerBed.Forward(1, 2, 300) with { Match = FigureThreeBed.UdpTo(7) };
        lab.Bed.Send(lab.Moved, rule);
        lab.Bed.Barrier(lab.Moved);
        TimeSpan interval = TimeSpan.FromMilliseconds(0.2);
        ITimer traffic = lab.Bed.Loop.Time.CreateTimer(
            _ => lab.H1.SendUdp(lab.H2.Ip, 7, 7, [(byte)sent++]), null, interval, interval);
        for (byte tos = 4; tos <= 40; tos += 4)
        {
            lab.Bed.Send(lab.Moved, rule with { Command = FlowModCommand.ModifyStrict, Actions = MarkedBy(tos) });
            lab.Bed.RunMs(7);
        }
        traffic.Dispose();
        lab.Bed.RunMs(50);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That(costs.LostPackets, Is.GreaterThan(0).And.EqualTo(sent - arrived), $"{sent} sent");
        Assert.That((costs.GuardPacketIns, costs.HeldPackets), Is.EqualTo((0L, 0L)));
        Assert.That(costs.GuardedUpdates, Is.EqualTo(11));
        FlowStatistics counted = lab.Bed.Flows(lab.Moved).Single(each => each.Priority == 300);
        Assert.That(counted.PacketCount, Is.EqualTo((ulong)arrived));
        Assert.That(lab.App.Removed, Is.Empty, "no app sees a guard go");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertNoGuards(lab);
    }

    /// <remarks>A guard above would take the other rule's packets, or there is nothing above.</remarks>
    [TestCase(ushort.MaxValue, 0)]
    [TestCase(300, 301)]
    public void Where_no_guard_fits_above_packets_are_held_instead(int priority, int other)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { JitterFraction = 0 });
        // It takes a part of the packets; a rule that took all would make the update commute.
        if (other > 0)
        {
            FlowMod part = ControllerBed.Forward(1, 2, (ushort)other) with { Match = FigureThreeBed.UdpTo(9) };
            lab.Bed.Send(lab.Moved, part);
        }
        IMigration migration = StartHalfway(lab, GuardMode.Drop);
        Pinger pinger = lab.StartPings(0.5);
        lab.Bed.RunMs(10);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, (ushort)priority));
        lab.Bed.RunMs(20);
        Assert.That(migration.Progress.Costs.GuardedUpdates, Is.EqualTo(1));
        Assert.That(migration.Progress.Costs.HeldPackets, Is.GreaterThan(0));
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertNothingLost(lab, pinger);
        AssertNoGuards(lab);
    }

    /// <remarks>H-29 and H-31: a packet's type of service tells which version of the rule it met.</remarks>
    [Test]
    public void By_a_detour_no_answer_meets_an_older_rule_and_nothing_comes_to_the_controller([Range(1, 3)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        var trace = new QuestionTrace(lab);
        lab.Bed.Send(lab.Moved, Flooding(0) with { Command = FlowModCommand.Add });
        IMigration migration = StartHalfway(lab, GuardMode.Detour);
        ITimer questions = trace.Ask();
        for (byte round = 1; round <= 10; round++)
        {
            lab.Bed.Send(lab.Moved, Flooding(round));
            lab.Bed.RunMs(60);
        }
        questions.Dispose();
        lab.Bed.RunMs(200);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That((trace.Unanswered, trace.Versions), Is.EqualTo((0, 11)));
        Assert.That(trace.Violations, Is.Empty);
        Assert.That((costs.DetouredUpdates, costs.GuardPacketIns, costs.LostPackets), Is.EqualTo((10L, 0L, 0L)));
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    [Test]
    public void Many_updates_share_one_detour_and_both_carry_traffic_again_behind_it()
    {
        using var lab = new FigureThreeBed(
            version, new FigureThreeOptions { Lime = new LimeOptions { CopyBatchRules = 100 } });
        IMigration migration = StartHalfway(lab, GuardMode.Detour);
        Pinger pinger = lab.StartPings();
        for (ushort i = 0; i < 50; i++)
        {
            FlowMod added = ControllerBed.Forward(1, 2, (ushort)(300 + (i % 25)));
            lab.Bed.Send(lab.Moved, i < 25 ? added : added with { Command = FlowModCommand.DeleteStrict });
        }
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(50);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That((costs.DetouredUpdates, costs.GuardedUpdates), Is.EqualTo((50L, 0L)));
        Assert.That(costs.Detours, Is.LessThanOrEqualTo(2));
        (long s3, long s4) = (lab.S3.Counters.Matches, lab.S4.Counters.Matches);
        lab.Bed.RunMs(50);
        Assert.That(lab.S3.Counters.Matches - s3, Is.EqualTo(50).Within(3), "answers");
        Assert.That(lab.S4.Counters.Matches - s4, Is.EqualTo(50).Within(3), "requests");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        AssertNothingLost(lab, pinger);
    }

    [Test]
    public void A_detour_that_can_not_be_made_is_given_up_for_guards_and_ends_the_migration([Range(1, 61, 6)] int ms)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
        Pinger pinger = lab.StartPings();
        IMigration migration = StartHalfway(lab, GuardMode.Detour);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 300));
        lab.Bed.RunMs(ms);
        lab.S4.Disconnect();
        MigrationProgress end = lab.Finish(migration);
        lab.Bed.RunMs(50);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(lab.RulesOf(lab.S3), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
        Assert.That(lab.S3.Flows.Count(each => each.Priority == 300), Is.EqualTo(1));
        AssertNothingLost(lab, pinger);
    }

    [Test]
    public void A_detour_is_refused_where_a_host_is_attached_and_the_port_is_named()
    {
        using var bed = new ControllerBed(new LimeOptions
        {
            Spares = [new DatapathId(2)],
            Channel = new LimeOptions().Channel with { Versions = [version] },
        }, 1);
        bed.ConnectAndSettle(bed.AddSwitch(1), bed.AddSwitch(2));
        string name = bed.Controller.VirtualSwitches.Single().Name;
        IMigration migration = bed.Controller.Ensembles.MigrateAsync(new MigrationPlan(name, new DatapathId(2))
        {
            Guard = GuardMode.Detour,
            TargetPorts =
            [
                new PortMapping(new PortNumber(1), new PortNumber(1)),
                new PortMapping(new PortNumber(2), new PortNumber(2)),
            ],
        }).AsTask().GetAwaiter().GetResult();
        MigrationProgress end = bed.Loop.RunUntilDone(migration.Completion, TimeSpan.FromMinutes(1));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain("Port 1 of").And.Contain("by a detour").And.Contain("--guard serialise"));
    }

    [TestCase(GuardMode.Drop, MigrationMethod.FreezeAndCopy, 30_000)]
    [TestCase(GuardMode.Detour, MigrationMethod.Clone, 40)]
    [TestCase((GuardMode)7, MigrationMethod.Clone, 30_000)]
    public void A_guard_that_makes_no_sense_is_refused_on_the_caller_s_line(
        GuardMode guard, MigrationMethod method, int updateTimeMs)
    {
        using var lab = new FigureThreeBed(version);
        MigrationPlan plan = FigureThreeBed.Plan(method) with
        {
            Guard = guard,
            Budgets = new UpdateBudgets { UpdateTimeMax = TimeSpan.FromMilliseconds(updateTimeMs) },
        };
        Assert.That(() => lab.Start(plan), Throws.InstanceOf<ArgumentException>());
    }

    private static IMigration StartHalfway(FigureThreeBed lab, GuardMode guard)
    {
        IMigration migration = lab.Start(FigureThreeBed.Plan() with
        {
            Guard = guard,
            AttachmentInterval = TimeSpan.FromSeconds(3),
        });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True, "half moved");
        lab.Bed.RunMs(5);
        return migration;
    }

    private static ActionList MarkedBy(byte tos) =>
        ActionList.Of(FlowAction.SetIpTos(tos), FlowAction.Output(new PortNumber(2)));

    private static FlowMod Flooding(byte round) => new()
    {
        Command = FlowModCommand.ModifyStrict,
        Match = OpenFlow.Matching.Match.Any.WithEthType(0x0800).WithIpProtocol(17),
        Priority = 500,
        Actions = ActionList.Of(FlowAction.SetIpTos((byte)(round * 4)), FlowAction.Output(PortNumber.Flood)),
    };

    private static void AssertNothingLost(FigureThreeBed lab, Pinger pinger)
    {
        lab.Bed.RunMs(20);
        pinger.Stop();
        lab.Bed.RunMs(1500);
        PingSummary all = pinger.Summarise();
        Assert.That((all.Lost, all.Duplicates), Is.EqualTo((0, 0)), all.ToString());
    }

    private static void AssertNoGuards(FigureThreeBed lab) =>
        Assert.That(lab.S3.Flows.Concat(lab.S4.Flows).Where(each => GuardMarks.IsGuard(each.Cookie)), Is.Empty);
}
