using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: in OpenFlow 1.3 tables, groups, meters and the table-miss rule are part of a clone (H-59 to H-62).
/// Method: Figure 3 in virtual time, h1's packets through two tables, two groups and a meter on s3.</remarks>
public sealed class ResourceCloneTests
{
    private static readonly PortNumber PortTwo = new(2);

    [Test]
    public void Tables_groups_and_meters_are_cloned_there_and_back_and_lose_nothing()
    {
        using FigureThreeBed lab = NewLab();
        Pinger pinger = lab.StartPings();
        lab.Bed.RunMs(20);
        string[] rules = lab.RulesOf(lab.S3);
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(rules));
        Assert.That(lab.S4.Groups.Select(each => each.Group.Value), Is.EqualTo(new uint[] { 1, 2 }));
        Assert.That(lab.S4.Groups[1].Buckets[0].Actions, Is.EqualTo(ActionList.Output(new PortNumber(6))));
        Assert.That(lab.S4.Meters, Has.Count.EqualTo(1));
        AssertEmpty(lab.S3);
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan(to: 3)));
        AssertEmpty(lab.S4);
        Assert.That(lab.S3.Groups, Has.Count.EqualTo(2));
        pinger.Stop();
        lab.Bed.RunMs(100);
        Assert.That(pinger.Summarise().Lost, Is.Zero);
        AssertCounters(lab, (ulong)pinger.Records.Count);
    }

    /// <remarks>H-60: while both are live the counters are sums, and never fall.</remarks>
    [Test]
    public void Counters_of_groups_and_meters_are_sums_over_both_instances()
    {
        using FigureThreeBed lab = NewLab();
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.RunMs(50);
        pinger.Stop();
        lab.Bed.RunMs(50);
        AssertCounters(lab, (ulong)pinger.Records.Count);
        lab.ReleaseAndFinish(migration);
        AssertCounters(lab, (ulong)pinger.Records.Count);
    }

    /// <remarks>H-60: a group is deleted at both instances, and each of its rules is reported once, with the reason
    /// that a switch gives.</remarks>
    [Test]
    public void A_group_deleted_while_cloned_takes_its_rules_along_everywhere_once([Values] bool isCloned)
    {
        using FigureThreeBed lab = NewLab();
        IMigration? migration = isCloned ? lab.StartAndStopHalfway() : null;
        lab.Bed.Do(() => lab.Moved.Send(Delete(1)));
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);
        (string _, FlowRemoved removed) = lab.App.Removed.Single();
        Assert.That((removed.Reason, removed.Table), Is.EqualTo((FlowRemovedReason.GroupDelete, new TableId(1))));
        Assert.That(lab.S3.Groups.Select(each => each.Group.Value), Is.EqualTo(new uint[] { 2 }));
        Assert.That(lab.S3.Flows.Any(each => each.Table.Value == 1), Is.False);
        if (migration is not null)
        {
            Assert.That(lab.S4.Groups.Select(each => each.Group.Value), Is.EqualTo(new uint[] { 2 }));
            Assert.That(lab.S4.Flows.Any(each => each.Table.Value == 1), Is.False);
            AssertCompleted(lab.ReleaseAndFinish(migration));
        }
        Assert.That(lab.App.Errors, Is.Empty);
    }

    /// <remarks>H-61.</remarks>
    [Test]
    public void A_meter_deleted_while_cloned_takes_its_rules_along_everywhere_once([Values] bool isCloned)
    {
        using FigureThreeBed lab = NewLab();
        IMigration? migration = isCloned ? lab.StartAndStopHalfway() : null;
        lab.Bed.Do(() => lab.Moved.Send(new MeterMod(MeterModCommand.Delete, 0, MeterId.All, [])));
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(10);
        Assert.That(lab.App.Removed.Single().Message.Reason, Is.EqualTo(FlowRemovedReason.Delete));
        Assert.That(lab.S3.Meters.Concat(lab.S4.Meters), Is.Empty);
        if (migration is not null)
            AssertCompleted(lab.ReleaseAndFinish(migration));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    [Test]
    public void A_group_changed_while_its_clone_is_filled_is_the_changed_one_there()
    {
        using FigureThreeBed lab = NewLab(otherRules: 200);
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, MigrationPhase.Cloning);
        lab.Bed.RunMs(2);
        lab.Bed.Do(() => lab.Moved.Send(new GroupMod(
            GroupModCommand.Modify, GroupType.Indirect, new GroupId(1),
            [new GroupBucket(ActionList.Output(PortTwo))])));
        lab.Bed.Do(() => lab.Moved.Send(new GroupMod(
            GroupModCommand.Add, GroupType.All, new GroupId(9), [new GroupBucket(ActionList.Output(PortTwo))])));
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed), migration.Progress.Detail);
        Assert.That(lab.S4.Groups.Select(each => each.Group.Value), Is.EqualTo(new uint[] { 1, 2, 9 }));
        Assert.That(lab.S4.Groups[0].Buckets[0].Actions, Is.EqualTo(ActionList.Output(new PortNumber(6))));
        Assert.That(lab.App.Errors, Is.Empty);
    }

    /// <remarks>H-32, H-62: the guard lies in the rule's own table; the packets that it holds leave as the tables from
    /// there on say, and each rule counts each of them once, as does the meter.</remarks>
    [Test]
    public void A_rule_of_several_tables_changes_without_loss_or_double_count(
        [Range(1, 3)] int seed, [Values(0, 1)] int changed)
    {
        using FigureThreeBed lab = NewLab(seed: seed);
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.StartAndStopHalfway();
        for (int i = 0; i < 20; i++)
        {
            FlowMod rule = Path[changed] with { Command = FlowModCommand.ModifyStrict };
            FlowMod other = changed == 1
                ? rule with { Actions = ActionList.Output(PortTwo) }
                : rule with { Actions = ActionList.Of(FlowAction.SetIpTos(4)) };
            lab.Bed.Send(lab.Moved, i % 2 == 0 ? other : rule);
            lab.Bed.RunMs(3.3);
        }
        pinger.Stop();
        lab.Bed.RunMs(100);
        PingSummary all = pinger.Summarise();
        Assert.That((all.Lost, all.Duplicates), Is.EqualTo((0, 0)), all.ToString());
        Assert.That(lab.Moved.Updates.Counts.Held, Is.GreaterThan(0), "the guards were met");
        Assert.That(lab.App.PacketIns, Is.Empty, "held packets are not the app's");
        AssertPathCounts(lab, (ulong)pinger.Records.Count);
        AssertCompleted(lab.ReleaseAndFinish(migration));
        AssertPathCounts(lab, (ulong)pinger.Records.Count);
    }

    /// <remarks>H-59: the clone has the table-miss rule before traffic; the app sees its packets as a miss, and
    /// nothing of the rule.</remarks>
    [Test]
    public void The_table_miss_rule_is_cloned_and_no_app_sees_it()
    {
        using FigureThreeBed lab = NewLab();
        Assert.That(lab.S4.FlowCount, Is.Zero, "a spare has none");
        Assert.That(lab.Bed.Flows(lab.Moved).Any(each => each.Priority == 0), Is.False);
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        Assert.That(lab.S4.Flows.Count(each => each.Cookie == TableMissRule.Mark), Is.EqualTo(1));
        Assert.That(lab.S3.FlowCount, Is.Zero);
        lab.Bed.Send(lab.Moved, new FlowMod { Command = FlowModCommand.Delete, Table = TableId.All });
        lab.Bed.Barrier(lab.Moved);
        Assert.That(lab.S4.Flows.Select(each => each.Cookie), Is.EqualTo(new[] { TableMissRule.Mark }));
        lab.H1.SendUdp(lab.H2.Ip, 7, 7, [1]);
        lab.Bed.RunMs(10);
        Assert.That(lab.App.PacketIns.Single().Reason, Is.EqualTo(PacketInReason.NoMatch));
    }

    [Test]
    public void An_app_s_own_table_miss_rule_takes_the_place_of_ours_and_gives_it_back([Values] bool isCloned)
    {
        using FigureThreeBed lab = NewLab();
        IMigration? migration = isCloned ? lab.StartAndStopHalfway() : null;
        FlowMod own = new() { Priority = 0, Cookie = new Cookie(5), Actions = ActionList.Drop };
        lab.Bed.Send(lab.Moved, own);
        lab.Bed.Barrier(lab.Moved);
        Assert.That(Misses(lab.S3), Is.EqualTo(new[] { own.Cookie }));
        if (isCloned) Assert.That(Misses(lab.S4), Is.EqualTo(new[] { own.Cookie }));
        lab.Bed.Send(lab.Moved, own with { Command = FlowModCommand.DeleteStrict });
        lab.Bed.Barrier(lab.Moved);
        lab.Bed.RunMs(20);
        Assert.That(Misses(lab.S3), Is.EqualTo(new[] { TableMissRule.Mark }));
        if (migration is null) return;
        Assert.That(Misses(lab.S4), Is.EqualTo(new[] { TableMissRule.Mark }));
        AssertCompleted(lab.ReleaseAndFinish(migration));
    }

    /// <remarks>Between the deletion of the app's rule and Lime's own in its place a slow switch has some time to drop
    /// what no rule matches.</remarks>
    [Test]
    public void What_no_rule_matches_is_handed_up_all_the_while_an_app_s_table_miss_rule_makes_way(
        [Values] bool isCloned, [Values] bool isWhole)
    {
        using FigureThreeBed lab = NewLab(flowModsPerSecond: 400);
        IMigration? migration = isCloned ? lab.StartAndStopHalfway() : null;
        FlowMod own = new() { Priority = 0, Cookie = new Cookie(5), Actions = ActionList.ToController };
        FlowMod all = new() { Command = FlowModCommand.Delete, Table = TableId.All };
        lab.Bed.Send(lab.Moved, all);
        lab.Bed.Send(lab.Moved, own);
        lab.Bed.Send(lab.Moved, Path[0] with { Match = Match.Any.WithEthType(0x88b5) });
        lab.Bed.Barrier(lab.Moved);
        const int Sent = 200;
        for (int i = 0; i < Sent; i++)
        {
            if (i == 20)
                lab.Bed.Send(lab.Moved, isWhole ? all : own with { Command = FlowModCommand.DeleteStrict });
            lab.H1.SendUdp(lab.H2.Ip, 7, 7, [1]);
            lab.Bed.RunMs(0.5);
        }
        lab.Bed.RunMs(100);
        Assert.That(lab.App.PacketIns.Count(each => each.Reason == PacketInReason.NoMatch), Is.EqualTo(Sent));
        Assert.That(Misses(lab.S3), Is.EqualTo(new[] { TableMissRule.Mark }));
        Assert.That(lab.S3.Flows.Count(each => each.Cookie == TableMissRule.Mark), Is.EqualTo(1), "none stands in");
        if (migration is not null) AssertCompleted(lab.ReleaseAndFinish(migration));
    }

    /// <remarks>1.3.5 section 6.4: an error leaves the table as it is. The switch would say so only later, and till
    /// then the shadow table would tell of a rule that is not there.</remarks>
    [Test]
    public void A_change_to_a_group_or_meter_that_is_not_there_changes_nothing([Values] bool isMeter)
    {
        using FigureThreeBed lab = NewLab();
        FlowMod faulty = Path[1] with
        {
            Command = FlowModCommand.ModifyStrict,
            Actions = isMeter ? ActionList.Output(PortTwo) : ActionList.Of(FlowAction.Group(new GroupId(77))),
            Instructions = isMeter ? new() { Meter = new MeterId(77) } : FlowInstructions.None,
        };
        string[] before = ControllerBed.Describe(lab.Bed.Flows(lab.Moved));
        lab.Bed.Send(lab.Moved, faulty);
        Assert.That(ControllerBed.Describe(lab.Bed.Flows(lab.Moved)), Is.EqualTo(before));
        lab.Bed.Barrier(lab.Moved);
        ErrorType type = isMeter ? ErrorType.MeterModFailed : ErrorType.BadAction;
        Assert.That(lab.App.Errors.Single().Error.Type, Is.EqualTo(type));
    }

    /// <remarks>What an app deletes while a target is emptied is in no table any more, but at that target.</remarks>
    [Test]
    public void Nothing_that_is_deleted_while_a_target_is_emptied_stays_behind()
    {
        using FigureThreeBed lab = NewLab(otherRules: 200, flowModsPerSecond: 2000);
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, MigrationPhase.Cloned);
        _ = lab.Bed.Do(() => migration.AbortAsync("a test"));
        while (!lab.Moved.Live.TrueForAll(each => each.Physical.Datapath == lab.S3.Datapath)) lab.Bed.RunMs(0.1);
        lab.Bed.Do(() => lab.Moved.Send(Delete(1)));
        lab.Bed.Do(() => lab.Moved.Send(new MeterMod(MeterModCommand.Delete, 0, MeterId.All, [])));
        Assert.That(lab.S4.Groups, Is.Not.Empty, "it is not empty yet");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Aborted));
        AssertEmpty(lab.S4);
    }

    [Test]
    public void No_table_miss_rule_is_kept_where_the_operator_wants_none()
    {
        using FigureThreeBed lab = NewLab(lime: new LimeOptions { TableMiss = TableMissTreatment.Drop });
        Assert.That(Misses(lab.S3), Is.Empty);
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        Assert.That(Misses(lab.S4), Is.Empty);
    }

    /// <remarks>Its packets would leave by the new cable where they came in by the old one.</remarks>
    [Test]
    public void A_neighbour_whose_group_may_send_back_forbids_the_migration()
    {
        using FigureThreeBed lab = NewLab();
        lab.Bed.Do(() => lab.Bed.Virtual("s1").Send(new GroupMod(GroupModCommand.Add, GroupType.All, new GroupId(3), [
            new GroupBucket(ActionList.Output(new PortNumber(1))), new GroupBucket(ActionList.Output(PortTwo)),
        ])));
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain("Group 3 of the neighbour s1"));
    }

    [Test]
    public void A_neighbour_s_group_sends_to_the_target_and_goes_on_counting()
    {
        using FigureThreeBed lab = NewLab();
        var s1 = lab.Bed.Virtual("s1");
        lab.Bed.Do(() => s1.Send(new GroupMod(
            GroupModCommand.Add, GroupType.Indirect, new GroupId(3), [new GroupBucket(ActionList.Output(PortTwo))])));
        lab.Bed.Send(s1, ControllerBed.Forward(1, 2) with
        {
            Priority = 150,
            Actions = ActionList.Of(FlowAction.Group(new GroupId(3))),
        });
        lab.Bed.Barrier(s1);
        Pinger pinger = lab.StartPings();
        lab.Bed.RunMs(30);
        AssertCompleted(lab.Migrate(FigureThreeBed.Plan()));
        pinger.Stop();
        lab.Bed.RunMs(100);
        Assert.That(pinger.Summarise().Lost, Is.Zero);
        Assert.That(
            lab.Bed.Network.Switch("s1").Groups.Single().Buckets[0].Actions,
            Is.EqualTo(ActionList.Output(new PortNumber(3))));
        GroupStatistics counted = lab.Bed.Await(() => s1.GetGroupStatisticsAsync(GroupId.All)).Single();
        Assert.That(counted.PacketCount, Is.EqualTo((ulong)pinger.Records.Count));
    }

    private static FigureThreeBed NewLab(
        int otherRules = 20, int seed = 1, LimeOptions? lime = null, double flowModsPerSecond = 16_000)
    {
        var lab = new FigureThreeBed(OpenFlowVersion.V13, new FigureThreeOptions
        {
            OtherRules = otherRules,
            Seed = seed,
            Lime = lime ?? new LimeOptions { CopyBatchRules = 8 },
            Moved = new EmulatedSwitchOptions { FlowModsPerSecond = flowModsPerSecond },
        });
        lab.Bed.Do(() =>
        {
            lab.Moved.Send(new MeterMod(
                MeterModCommand.Add, MeterFlags.PacketsPerSecond, new MeterId(7),
                [new MeterBand(MeterBandType.Drop, 1_000_000, 0)]));
            lab.Moved.Send(new GroupMod(GroupModCommand.Add, GroupType.Select, new GroupId(2), [
                new GroupBucket(ActionList.Output(PortTwo)) { Weight = 1 },
                new GroupBucket(ActionList.Output(PortTwo)) { Weight = 1 },
            ]));
            return lab.Moved.Send(new GroupMod(GroupModCommand.Add, GroupType.Indirect, new GroupId(1), [
                new GroupBucket(ActionList.Of(FlowAction.Group(new GroupId(2)))),
            ]));
        });
        lab.Bed.Barrier(lab.Moved);
        foreach (FlowMod each in Path) lab.Bed.Send(lab.Moved, each);
        lab.Bed.Barrier(lab.Moved);
        Assert.That(lab.App.Errors, Is.Empty);
        return lab;
    }

    /// <summary>h1's packets: through the meter to table 1, there to group 1, which goes to group 2.</summary>
    private static FlowMod[] Path =>
    [
        new()
        {
            Match = Match.Any.WithInPort(new PortNumber(1)).WithEthType(0x0800),
            Priority = 200,
            Flags = FlowModFlags.SendFlowRemoved,
            Instructions = new FlowInstructions { Meter = new MeterId(7), GoToTable = new TableId(1) },
        },
        new()
        {
            Table = new TableId(1),
            Match = Match.Any.WithInPort(new PortNumber(1)),
            Priority = 1,
            Flags = FlowModFlags.SendFlowRemoved,
            Actions = ActionList.Of(FlowAction.Group(new GroupId(1))),
        },
    ];

    private static GroupMod Delete(uint group) =>
        new(GroupModCommand.Delete, GroupType.Indirect, new GroupId(group), []);

    private static void AssertCompleted(MigrationProgress end) =>
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);

    private static void AssertEmpty(EmulatedSwitch node) =>
        Assert.That((node.FlowCount, node.Groups.Count, node.Meters.Count), Is.EqualTo((0, 0, 0)));

    private static IEnumerable<Cookie> Misses(EmulatedSwitch node) =>
        node.Flows.Where(each => each.Priority == 0).Select(each => each.Cookie);

    private static void AssertPathCounts(FigureThreeBed lab, ulong packets)
    {
        Assert.That(
            lab.Bed.Flows(lab.Moved).Where(each => Path.Any(rule => rule.Priority == each.Priority
                && rule.Table == each.Table)).Select(each => each.PacketCount),
            Is.EqualTo(new[] { packets, packets }));
        MeterStatistics meter = lab.Bed.Await(() => lab.Moved.GetMeterStatisticsAsync(new MeterId(7))).Single();
        Assert.That(meter.PacketCount, Is.EqualTo(packets));
    }

    private static void AssertCounters(FigureThreeBed lab, ulong packets)
    {
        GroupStatistics[] groups = [.. lab.Bed.Await(() => lab.Moved.GetGroupStatisticsAsync(GroupId.All))];
        Assert.That(groups.Select(each => each.PacketCount), Is.EqualTo(new[] { packets, packets }));
        Assert.That(groups[1].Buckets[0].PacketCount + groups[1].Buckets[1].PacketCount, Is.EqualTo(packets));
        Assert.That(groups.Select(each => each.ReferenceCount), Is.EqualTo(new uint[] { 1, 1 }));
        MeterStatistics meter = lab.Bed.Await(() => lab.Moved.GetMeterStatisticsAsync(new MeterId(7))).Single();
        Assert.That((meter.PacketCount, meter.FlowCount), Is.EqualTo((packets, 1u)));
    }
}
