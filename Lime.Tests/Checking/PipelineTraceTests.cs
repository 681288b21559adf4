using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.Checking;

/// <remarks>Goal: the checker accepts what one switch with several tables, groups and meters (OpenFlow 1.3) could have
/// done, and rejects what none could. Each bad trace stands beside a good one that differs from it in the one thing
/// that
/// is wrong.</remarks>
public sealed class PipelineTraceTests
{
    private static readonly GroupId Group = new(1);
    private static readonly MeterId Meter = new(1);

    private static HandTrace New() => new(OpenFlowVersion.V13);

    private static FlowAction Mark(ushort port) =>
        FlowAction.SetField(OxmField.Of(OxmId.UdpSource, [(byte)(port >> 8), (byte)port]));

    private static GroupMod GroupOf(GroupType type, params uint[] ports) => new(
        GroupModCommand.Add, type, Group,
        [.. ports.Select((port, i) => new GroupBucket(
            ActionList.Of(Mark((ushort)(4001 + i)), FlowAction.Output(new PortNumber(port))))
        {
            Weight = (ushort)(type == GroupType.Select ? 1 : 0),
            WatchPort = type == GroupType.FastFailover ? new PortNumber(port) : PortNumber.Any,
        })]);

    private static FlowMod ToGroup => HandTrace.Rule(1, 2) with { Actions = ActionList.Of(FlowAction.Group(Group)) };

    private static HandTrace Grouped(GroupType type, params uint[] ports) =>
        New().Send(GroupOf(type, ports)).Send(ToGroup).Barrier();

    private static HandTrace Metered(uint rate = 10, uint burst = 2) => New()
        .Send(new MeterMod(
            MeterModCommand.Add, MeterFlags.PacketsPerSecond | MeterFlags.Burst, Meter,
            [new MeterBand(MeterBandType.Drop, rate, burst)]))
        .Send(HandTrace.Rule(1, 2) with { Instructions = new() { Meter = Meter } }).Barrier();

    [Test]
    public void Every_bucket_of_an_all_group_has_a_copy()
    {
        HandTrace Begin() => Grouped(GroupType.All, 2, 3).HostSends(1, 1).HostReceivesMarked(2, 1, 4001);
        Begin().HostReceivesMarked(3, 1, 4002).IsAccepted();
        Begin().IsRejected(ViolationKind.PacketUnexplained);
        Begin().HostReceivesMarked(3, 1, 4001).IsRejected(ViolationKind.PacketUnexplained);
    }

    /// <remarks>H-60.</remarks>
    [Test]
    public void A_flow_keeps_its_bucket_of_a_select_group_whichever_it_is()
    {
        HandTrace Begin() => Grouped(GroupType.Select, 2, 3).HostSends(1, 1).HostReceivesMarked(3, 1, 4002)
            .HostSends(1, 2);
        Begin().HostReceivesMarked(3, 2, 4002).IsAccepted();
        Begin().HostReceivesMarked(2, 2, 4001).IsRejected(ViolationKind.PacketUnexplained);
    }

    [Test]
    public void Another_flow_may_have_another_bucket() => Grouped(GroupType.Select, 2, 3)
        .HostSends(1, 1).HostReceivesMarked(3, 1, 4002).HostSends(1, 2, to: 3).HostReceivesMarked(2, 2, 4001)
        .IsAccepted();

    /// <remarks>What is sent back where it came from is not sent, so that such a bucket shows by nothing.</remarks>
    [Test]
    public void A_flow_may_have_a_bucket_that_leads_back_where_it_came_from_and_keeps_it()
    {
        HandTrace Begin() => Grouped(GroupType.Select, 2, 1).HostSends(1, 1).HostSends(1, 2);
        Begin().IsAccepted();
        Begin().HostReceivesMarked(2, 2, 4001).IsRejected(ViolationKind.PacketUnexplained);
        Grouped(GroupType.Select, 2, 3).HostSends(1, 1).IsRejected(ViolationKind.PacketUnexplained);
        Grouped(GroupType.Indirect, 2).HostSends(1, 1).IsRejected(ViolationKind.PacketUnexplained);
    }

    [Test]
    public void A_fast_failover_group_takes_the_first_live_bucket()
    {
        HandTrace Begin() => Grouped(GroupType.FastFailover, 2, 3).HostSends(1, 1);
        Begin().HostReceivesMarked(2, 1, 4001).IsAccepted();
        Begin().HostReceivesMarked(3, 1, 4002).IsRejected(ViolationKind.PacketUnexplained);
    }

    /// <remarks>H-61: two instances with the whole rate each would let through twice as much.</remarks>
    [Test]
    public void No_more_than_its_rate_passes_a_meter()
    {
        Metered().Crosses(1, 1, 2).Crosses(2, 1, 2).Wait(100).Crosses(3, 1, 2).IsAccepted();
        Metered().Crosses(1, 1, 2).Crosses(2, 1, 2).Wait(50).Crosses(3, 1, 2).IsRejected(ViolationKind.RateExceeded);
    }

    [Test]
    public void A_meter_may_drop_a_packet_and_a_rule_without_one_not()
    {
        Metered().Crosses(1, 1, 2).HostSends(1, 2).IsAccepted();
        New().Send(HandTrace.Rule(1, 2)).Barrier().Crosses(1, 1, 2).HostSends(1, 2)
            .IsRejected(ViolationKind.PacketUnexplained);
    }

    [Test]
    public void A_changed_meter_lets_through_a_burst_again()
    {
        HandTrace Begin() => Metered().Crosses(1, 1, 2).Crosses(2, 1, 2);
        Begin().Send(new MeterMod(
            MeterModCommand.Modify, MeterFlags.PacketsPerSecond | MeterFlags.Burst, Meter,
            [new MeterBand(MeterBandType.Drop, 10, 2)])).Barrier().Crosses(3, 1, 2).Crosses(4, 1, 2).IsAccepted();
        Begin().Crosses(3, 1, 2).Crosses(4, 1, 2).IsRejected(ViolationKind.RateExceeded);
    }

    /// <remarks>A freeze-and-copy leaves what a meter has measured behind.</remarks>
    [Test]
    public void A_meter_that_begins_anew_during_a_freeze_lets_through_one_burst_more()
    {
        HandTrace Frozen(bool beganAnew)
        {
            HandTrace trace = Metered().Crosses(1, 1, 2).Crosses(2, 1, 2);
            trace.Add(new LossBegan(trace.Now, "freeze"));
            return trace.Add(new LossEnded(trace.Now, "freeze") { MetersBeganAnew = beganAnew })
                .Crosses(3, 1, 2).Crosses(4, 1, 2);
        }
        Frozen(beganAnew: true).IsAccepted();
        Frozen(beganAnew: true).Crosses(5, 1, 2).IsRejected(ViolationKind.RateExceeded);
        Frozen(beganAnew: false).IsRejected(ViolationKind.RateExceeded);
    }

    /// <remarks>H-62: what two tables hand up is one packet that crosses once.</remarks>
    [Test]
    public void Two_tables_may_hand_up_one_packet()
    {
        FlowMod up = HandTrace.Rule(1, 2) with { Actions = ActionList.ToController };
        HandTrace Begin() => New().Send(up with { Table = new TableId(1), Cookie = new Cookie(7) })
            .Send(up with { Instructions = new() { GoToTable = new TableId(1) } }).Barrier()
            .HostSends(1, 1).AppSees(1, 1, PacketInReason.Action, 100);
        Begin().AppSees(1, 1, PacketInReason.Action, 7, table: 1).IsAccepted();
        Begin().IsRejected(ViolationKind.PacketUnexplained);
        Begin().AppSees(1, 1, PacketInReason.Action, 7).IsRejected(ViolationKind.PacketUnexplained);
    }

    /// <remarks>H-59.</remarks>
    [Test]
    public void What_a_table_miss_rule_hands_up_has_missed()
    {
        FlowMod onward = HandTrace.Rule(1, 2) with
        {
            Actions = ActionList.Drop,
            Instructions = new() { GoToTable = new TableId(1) },
        };
        FlowMod miss = new()
        {
            Table = new TableId(1),
            Priority = 0,
            Cookie = new Cookie(9),
            Actions = ActionList.ToController,
        };
        HandTrace Begin() => New().Send(onward).Send(miss).Barrier().HostSends(1, 1);
        Begin().AppSees(1, 1, PacketInReason.NoMatch, 9, table: 1).IsAccepted();
        Begin().AppSees(1, 1, PacketInReason.Action, 9, table: 1).IsRejected(ViolationKind.PacketUnexplained);
        New().Send(onward).Barrier().HostSends(1, 1).IsAccepted();
    }

    [Test]
    public void Groups_that_are_told_otherwise_are_rejected()
    {
        HandTrace Told(GroupMod mod)
        {
            HandTrace trace = Grouped(GroupType.All, 2, 3);
            trace.Add(new RequestSent(trace.Now, 9, new GroupDescriptionRequest()));
            return trace.Add(new GroupsAnswered(
                trace.Now, 9, [new GroupDescription(Group, mod.Type, mod.Buckets)]));
        }
        Told(GroupOf(GroupType.All, 2, 3)).IsAccepted();
        Told(GroupOf(GroupType.All, 2, 1)).IsRejected(ViolationKind.StatisticsWrong);
    }

    /// <remarks>H-61: a share is no meter of the app's.</remarks>
    [Test]
    public void A_meter_that_is_told_as_half_is_rejected()
    {
        HandTrace Told(uint rate)
        {
            HandTrace trace = Metered();
            trace.Add(new RequestSent(trace.Now, 9, new MeterConfigurationRequest(MeterId.All)));
            ImmutableArray<MeterBand> bands = [new MeterBand(MeterBandType.Drop, rate, 2)];
            return trace.Add(new MetersAnswered(trace.Now, 9, [new MeterConfiguration(
                Meter, MeterFlags.PacketsPerSecond | MeterFlags.Burst, bands)]));
        }
        Told(10).IsAccepted();
        Told(5).IsRejected(ViolationKind.StatisticsWrong);
    }

    /// <remarks>1.3.5 section 6.4: a MODIFY without a rule is no error.</remarks>
    [Test]
    public void A_faulty_change_need_be_refused_only_if_there_is_something_to_change()
    {
        FlowMod faulty = ToGroup with { Command = FlowModCommand.ModifyStrict };
        New().Send(faulty).Barrier().IsAccepted();
        New().Send(HandTrace.Rule(1, 2)).Send(faulty).Barrier().IsRejected(ViolationKind.ErrorWrong);
    }
}
