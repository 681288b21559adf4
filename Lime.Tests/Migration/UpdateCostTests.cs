using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: an operator sees what apps' rule changes cost meanwhile, and a budget that is exceeded ends the
/// migration, not the traffic.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class UpdateCostTests(OpenFlowVersion version)
{
    [Test]
    public void Costs_are_counted_for_each_migration_anew()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { JitterFraction = 0 });
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.RunMs(5);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 300));
        lab.Bed.RunMs(20);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That((costs.Updates, costs.GuardedUpdates, costs.CommutingUpdates), Is.EqualTo((1L, 1L, 0L)));
        Assert.That(costs.Transactions, Is.EqualTo(1));
        Assert.That(costs.Messages, Is.EqualTo(8), "a guard, a rule and two barriers at each of two switches");
        Assert.That(costs.HeldPackets, Is.EqualTo(costs.GuardPacketIns).And.GreaterThan(0));
        Assert.That(costs.HeldBytes, Is.EqualTo(98 * costs.HeldPackets));
        Assert.That(costs.OvertakenPacketsMax, Is.EqualTo(costs.HeldPackets));
        Assert.That(costs.LostPackets, Is.Zero);
        Assert.That(costs.UpdateTimeMax.TotalMilliseconds, Is.EqualTo(4).Within(0.5), "two round trips");
        Assert.That(costs.HeldTimeMax, Is.GreaterThan(TimeSpan.Zero).And.LessThan(costs.UpdateTimeMax));
        Assert.That(lab.ReleaseAndFinish(migration).Costs.Updates, Is.EqualTo(1));
        Assert.That(lab.Migrate(FigureThreeBed.Plan(to: 3)).Costs, Is.EqualTo(new UpdateCosts()));
        pinger.Stop();
    }

    [Test]
    public void A_commuting_update_goes_without_a_guard_and_a_near_miss_does_not()
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { JitterFraction = 0 });
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 300));
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.RunMs(5);
        // Beneath the rule of priority 300.
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 200));
        lab.Bed.RunMs(20);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That((costs.CommutingUpdates, costs.GuardedUpdates), Is.EqualTo((1L, 0L)));
        Assert.That((costs.Messages, costs.GuardPacketIns), Is.EqualTo((4L, 0L)));
        Assert.That(costs.UpdateTimeMax.TotalMilliseconds, Is.EqualTo(2).Within(0.3), "one round trip");
        Assert.That(lab.S3.Flows.Concat(lab.S4.Flows).Count(each => each.Priority == 200), Is.EqualTo(2));
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 301));
        lab.Bed.RunMs(20);
        costs = migration.Progress.Costs;
        Assert.That((costs.CommutingUpdates, costs.GuardedUpdates), Is.EqualTo((1L, 1L)), "above it");
        Assert.That(costs.GuardPacketIns, Is.GreaterThan(0));
        lab.ReleaseAndFinish(migration);
        pinger.Stop();
    }

    [Test]
    public void Strict_commands_on_rules_of_their_own_share_a_transaction()
    {
        using var lab = new FigureThreeBed(
            version, new FigureThreeOptions { Lime = new Core.Hosting.LimeOptions { CopyBatchRules = 100 } });
        for (ushort i = 0; i < 6; i++) lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, (ushort)(300 + i)));
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Do(() =>
        {
            // The first goes alone, what comes while it is under way waits.
            lab.Moved.Send(ControllerBed.Forward(1, 2, 400));
            for (ushort i = 0; i < 3; i++) lab.Moved.Send(ControllerBed.Forward(1, 2, (ushort)(401 + i)));
            for (ushort i = 0; i < 3; i++) lab.Moved.Send(Changed(i, FlowModCommand.ModifyStrict));
            for (ushort i = 3; i < 6; i++) lab.Moved.Send(Changed(i, FlowModCommand.DeleteStrict));
            lab.Moved.Send(ControllerBed.Forward(1, 2, 500)); // Not behind deletions: it may need their room.
            return lab.Moved.Send(ControllerBed.Forward(1, 2, 500)); // The same rule again.
        });
        lab.Bed.Barrier(lab.Moved);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That((costs.Updates, costs.Transactions), Is.EqualTo((12L, 4L)));
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
    }

    /// <remarks>An app whose rules end all the time, as a firewall's do, would wait for a transaction for each of
    /// them.</remarks>
    [Test]
    public void Rules_whose_time_ends_share_transactions_with_each_other_and_with_commands()
    {
        using var lab = new FigureThreeBed(
            version, new FigureThreeOptions { Lime = new Core.Hosting.LimeOptions { CopyBatchRules = 100 } });
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Do(() =>
        {
            for (ushort i = 0; i < 40; i++)
            {
                lab.Moved.Send(ControllerBed.Forward(1, 2, (ushort)(300 + i)) with
                {
                    HardTimeoutSeconds = 1,
                    Flags = FlowModFlags.SendFlowRemoved,
                });
            }
            return 0;
        });
        int sent = 0;
        TimeSpan interval = TimeSpan.FromMilliseconds(20);
        using (lab.Bed.Loop.Time.CreateTimer(
            _ => lab.Moved.Send(ControllerBed.Forward(1, 2, (ushort)(1000 + sent++))), null, interval, interval))
            lab.Bed.RunMs(2500);
        lab.Bed.Barrier(lab.Moved);
        UpdateCosts costs = migration.Progress.Costs;
        Assert.That(costs.Updates, Is.EqualTo(80 + sent));
        Assert.That(costs.Transactions, Is.LessThanOrEqualTo(sent + 4), "2 to add, and the ends share theirs");
        Assert.That(lab.App.Removed, Has.Count.EqualTo(40));
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
    }

    [TestCase("packets", "more than 5 packets are held")]
    [TestCase("bytes", "more than 400 bytes of packets are held")]
    [TestCase("rate", "guards send more than 6 packets a second to the controller")]
    [TestCase("time", "an update takes longer than 0.02 s")]
    public void A_budget_that_is_exceeded_ends_the_migration_and_loses_nothing(string which, string reason)
    {
        using var lab = new FigureThreeBed(version);
        Pinger pinger = lab.StartPings();
        var budgets = new UpdateBudgets();
        IMigration migration = lab.Start(FigureThreeBed.Plan() with
        {
            AttachmentInterval = TimeSpan.FromSeconds(20),
            Budgets = which switch
            {
                "packets" => budgets with { HeldPacketsMax = 5 },
                "bytes" => budgets with { HeldBytesMax = 400 },
                "rate" => budgets with { GuardPacketInsPerSecondMax = 6 },
                _ => budgets with { UpdateTimeMax = TimeSpan.FromMilliseconds(20) },
            },
        });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True, "half moved");
        // Requests go through the target, which has the guard, while the source is slow to confirm it.
        lab.S3.StallControl(true);
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 300));
        lab.Bed.RunMs(60);
        lab.S3.StallControl(false);
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.StartWith($"The budget of updates is exceeded: {reason}."));
        lab.Bed.RunMs(50);
        pinger.Stop();
        lab.Bed.RunMs(1500);
        Assert.That(pinger.Summarise().Lost, Is.Zero, pinger.Summarise().ToString());
        Assert.That(lab.RulesOf(lab.S3), Is.EqualTo(ControllerBed.Describe(lab.Bed.Flows(lab.Moved))));
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.Zero);
    }

    [Test]
    public void Budgets_that_are_not_reached_change_nothing()
    {
        using var lab = new FigureThreeBed(version);
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.Start(FigureThreeBed.Plan() with
        {
            AttachmentInterval = TimeSpan.FromMilliseconds(50),
            Budgets = new UpdateBudgets { HeldPacketsMax = 1000, UpdateTimeMax = TimeSpan.FromMilliseconds(100) },
        });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True, "half moved");
        lab.Bed.Send(lab.Moved, ControllerBed.Forward(1, 2, 300));
        MigrationProgress end = lab.Finish(migration);
        Assert.That((end.Phase, end.Costs.Updates), Is.EqualTo((MigrationPhase.Completed, 1L)), end.Detail);
        pinger.Stop();
    }

    [TestCase(0, 1L, 1, 1)]
    [TestCase(1_000_001, 1L, 1, 1)]
    [TestCase(1, 0L, 1, 1)]
    [TestCase(1, (1L << 30) + 1, 1, 1)]
    [TestCase(1, 1L, 0, 1)]
    [TestCase(1, 1L, 10_000_001, 1)]
    [TestCase(1, 1L, 1, 0)]
    [TestCase(1, 1L, 1, 3_600_001)]
    public void A_budget_out_of_its_range_is_refused_on_the_caller_s_line(int packets, long bytes, int rate, int ms)
    {
        using var lab = new FigureThreeBed(version);
        var budgets = new UpdateBudgets
        {
            HeldPacketsMax = packets,
            HeldBytesMax = bytes,
            GuardPacketInsPerSecondMax = rate,
            UpdateTimeMax = TimeSpan.FromMilliseconds(ms),
        };
        Assert.That(() => lab.Start(FigureThreeBed.Plan() with { Budgets = budgets }),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static FlowMod Changed(ushort number, FlowModCommand command) =>
        ControllerBed.Forward(1, 2, (ushort)(300 + number)) with
        {
            Command = command,
            Actions = ActionList.Of(FlowAction.SetEthSource(new MacAddress(8)), FlowAction.Output(new PortNumber(2))),
        };
}
