using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Checking;

/// <remarks>Goal: the checker accepts what one switch could have done to packets, and rejects what none could. Each bad
/// trace stands beside a good one that differs from it in the one thing that is wrong.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class PacketTraceTests(OpenFlowVersion version)
{
    private static readonly FlowMod There = HandTrace.Rule(1, 2);
    private static readonly FlowMod Back = HandTrace.Rule(2, 1, 101);

    private HandTrace New() => new(version);

    private HandTrace Ready() => New().Send(There).Send(Back).Barrier();

    [Test]
    public void Packets_that_rules_forward_are_explained() =>
        Ready().Crosses(1, 1, 2).Crosses(2, 2, 1).Crosses(3, 1, 2).IsAccepted();

    [Test]
    public void A_packet_before_its_rule_is_handed_up_and_one_after_it_forwarded() =>
        New().HostSends(1, 1).Send(There).AppSees(1, 1).Crosses(2, 1, 2).IsAccepted();

    [Test]
    public void A_packet_on_its_way_while_the_rule_comes_may_meet_either()
    {
        New().Send(There).Crosses(1, 1, 2).IsAccepted();
        New().Send(There).HostSends(1, 1).AppSees(1, 1).IsAccepted();
    }

    [Test]
    public void A_copy_too_many_is_rejected() =>
        Ready().Crosses(1, 1, 2).HostReceives(2, 1).IsRejected(ViolationKind.PacketUnexplained);

    [Test]
    public void A_lost_packet_is_rejected() => Ready().HostSends(1, 1).IsRejected(ViolationKind.PacketUnexplained);

    [Test]
    public void A_lost_packet_is_excused_by_a_fault_that_loses_packets()
    {
        HandTrace trace = Ready();
        trace.Add(new LossBegan(trace.Now, "cable")).HostSends(1, 1).Add(new LossEnded(trace.Now, "cable"));
        trace.Wait(200).Crosses(2, 1, 2).IsAccepted();
        trace.HostSends(1, 3).IsRejected(ViolationKind.PacketUnexplained);
    }

    [Test]
    public void A_packet_at_the_wrong_host_is_rejected() =>
        Ready().HostSends(1, 1).HostReceives(3, 1).IsRejected(ViolationKind.PacketUnexplained);

    [Test]
    public void A_packet_changed_by_no_rule_is_rejected() =>
        Ready().Crosses(1, 1, 2, tos: 0x40).IsRejected(ViolationKind.PacketUnexplained);

    [Test]
    public void A_packet_that_nobody_sent_is_rejected()
    {
        HandTrace trace = Ready();
        trace.Add(new HostReceived(trace.Now, "h2", MarkedFrame.Udp4(1, 2, 77)));
        trace.IsRejected(ViolationKind.Uncaused);
    }

    [Test]
    public void A_packet_received_before_it_was_sent_is_rejected()
    {
        HandTrace trace = Ready();
        trace.Add(new HostReceived(trace.Now, "h2", MarkedFrame.Udp4(1, 2, 1))).HostSends(1, 1);
        trace.IsRejected(ViolationKind.Uncaused, ViolationKind.PacketUnexplained);
    }

    /// <remarks>Paper section 4.1, H-29.</remarks>
    [Test]
    public void An_answer_that_meets_an_older_rule_than_its_question_is_rejected()
    {
        FlowMod everything = HandTrace.Rule(1, 2, tos: 4) with
        {
            Match = Lime.OpenFlow.Matching.Match.Any.WithEthType(0x0800),
            Actions = ActionList.Of(FlowAction.SetIpTos(4), FlowAction.Output(PortNumber.Flood)),
        };
        FlowMod newer = everything with
        {
            Actions = ActionList.Of(FlowAction.SetIpTos(8), FlowAction.Output(PortNumber.Flood)),
        };
        HandTrace Begin() => New().Send(everything).Barrier().Modify(newer)
            .HostSends(1, 1).HostReceives(2, 1, 8).HostReceives(3, 1, 8).HostSends(2, 2, 1);
        Begin().HostReceives(1, 2, 8).HostReceives(3, 2, 8).IsAccepted();
        Begin().HostReceives(1, 2, 4).HostReceives(3, 2, 4).IsRejected(ViolationKind.OrderBroken);
    }

    /// <remarks>Two packets of one host that don't wait for each other keep the order of the cable, if it keeps
    /// order.</remarks>
    [Test]
    public void A_later_packet_of_a_host_that_meets_an_older_rule_is_rejected_where_cables_keep_order()
    {
        HandTrace Overtaken() => New().Send(HandTrace.Rule(1, 2, tos: 4)).Barrier()
            .Modify(HandTrace.Rule(1, 2, tos: 8))
            .HostSends(1, 1).HostSends(1, 2).HostReceives(2, 1, 8).HostReceives(2, 2, 4);
        Overtaken().IsRejected(ViolationKind.OrderBroken);
        HandTrace free = Overtaken();
        free.HostsKeepOrder = false;
        free.IsAccepted();
    }

    /// <remarks>H-17.</remarks>
    [Test]
    public void A_packet_that_meets_an_older_rule_than_a_barrier_confirmed_is_rejected()
    {
        HandTrace Begin() => New().Send(HandTrace.Rule(1, 2, tos: 4)).Barrier().Modify(HandTrace.Rule(1, 2, tos: 8));
        Begin().Crosses(1, 1, 2, tos: 4).Barrier().Crosses(2, 1, 2, tos: 8).IsAccepted();
        Begin().Barrier().Crosses(1, 1, 2, tos: 4).IsRejected(ViolationKind.OrderBroken);
    }

    [Test]
    public void A_packet_that_meets_a_rule_before_it_was_given_is_rejected() => New()
        .Send(HandTrace.Rule(1, 2, tos: 4)).Barrier().Crosses(1, 1, 2, tos: 8).Modify(HandTrace.Rule(1, 2, tos: 8))
        .IsRejected(ViolationKind.OrderBroken);

    /// <remarks>The app gave the command when it had seen the packet, so the packet lies before it.</remarks>
    [Test]
    public void A_packet_that_meets_what_the_app_did_about_it_is_rejected()
    {
        FlowMod both = There with
        {
            Actions = ActionList.Of(
                FlowAction.Output(PortNumber.Controller), FlowAction.Output(new PortNumber(2))),
        };
        FlowMod marked = both with
        {
            Actions = ActionList.Of(FlowAction.SetIpTos(8), FlowAction.Output(new PortNumber(2))),
        };
        HandTrace Begin() => New().Send(both).Barrier().HostSends(1, 1)
            .AppSees(1, 1, PacketInReason.Action, 100).Modify(marked);
        Begin().HostReceives(2, 1).IsAccepted();
        Begin().HostReceives(2, 1, 8).IsRejected(ViolationKind.PacketUnexplained);
    }

    [Test]
    public void A_packet_in_for_a_packet_that_a_rule_forwards_is_rejected() =>
        Ready().HostSends(1, 1).AppSees(1, 1).IsRejected(ViolationKind.OrderBroken);

    [Test]
    public void A_packet_both_forwarded_and_handed_up_is_rejected() =>
        Ready().Crosses(1, 1, 2).AppSees(1, 1).IsRejected(ViolationKind.PacketUnexplained);

    /// <remarks>H-09: the first phase of an update sends packets up; no app may see that.</remarks>
    [Test]
    public void A_packet_in_of_a_guard_is_rejected() => Ready().Modify(HandTrace.Rule(1, 2, tos: 8))
        .HostSends(1, 1).AppSees(1, 1, PacketInReason.Action, 100).HostReceives(2, 1, 8)
        .IsRejected(ViolationKind.PacketUnexplained);

    [Test]
    public void A_packet_in_from_the_wrong_port_is_rejected()
    {
        New().HostSends(1, 1).AppSees(1, 1).IsAccepted();
        New().HostSends(1, 1).AppSees(1, 3).IsRejected(ViolationKind.PacketUnexplained);
    }

    /// <remarks>H-09.</remarks>
    [Test]
    public void A_packet_in_for_the_wrong_reason_is_rejected() => New().HostSends(1, 1)
        .AppSees(1, 1, PacketInReason.Action).IsRejected(ViolationKind.PacketUnexplained);

    /// <remarks>H-07.</remarks>
    [Test]
    public void A_second_packet_in_for_one_packet_is_rejected() => New().HostSends(1, 1)
        .AppSees(1, 1).AppSees(1, 1).IsRejected(ViolationKind.PacketUnexplained);

    [Test]
    public void What_a_packet_out_sends_is_its_own()
    {
        HandTrace Begin() => New().HostSends(1, 1).AppSees(1, 1).PacketOut(1, 2, 1);
        Begin().HostReceives(2, 1).IsAccepted();
        Begin().HostReceives(2, 1).HostReceives(2, 1).IsRejected(ViolationKind.PacketUnexplained);
        Begin().IsRejected(ViolationKind.PacketUnexplained);
    }

    /// <remarks>The rule was given before the packet-out, so an answer to what that sent meets the rule; a learning
    /// switch relies on it.</remarks>
    [Test]
    public void An_answer_to_a_packet_out_that_misses_the_rule_before_it_is_rejected()
    {
        HandTrace Begin() => New().HostSends(1, 1).AppSees(1, 1).Send(Back).PacketOut(1, 2, 1)
            .HostReceives(2, 1).HostSends(2, 2, 1);
        Begin().HostReceives(1, 2).IsAccepted();
        Begin().AppSees(2, 2).IsRejected(ViolationKind.OrderBroken);
    }

    /// <remarks>H-08, paper section 4.1: a rule forwards and hands up; the answer's packet-in overtakes the
    /// question's.</remarks>
    [Test]
    public void An_event_that_comes_before_its_cause_is_rejected()
    {
        FlowMod both = There with
        {
            Match = Lime.OpenFlow.Matching.Match.Any.WithEthType(0x0800),
            Actions = ActionList.Of(
                FlowAction.Output(PortNumber.Flood), FlowAction.Output(PortNumber.Controller)),
        };
        HandTrace Begin() => New().Send(both).Barrier()
            .HostSends(1, 1).HostReceives(2, 1).HostReceives(3, 1)
            .HostSends(2, 2, 1).HostReceives(1, 2).HostReceives(3, 2);
        Begin().AppSees(1, 1, PacketInReason.Action, 100).AppSees(2, 2, PacketInReason.Action, 100).IsAccepted();
        Begin().AppSees(2, 2, PacketInReason.Action, 100).AppSees(1, 1, PacketInReason.Action, 100)
            .IsRejected(ViolationKind.OrderBroken);
    }
}
