using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Checking;

/// <remarks>Goal: the checker accepts the answers of one switch, and rejects others. Each bad trace stands beside a
/// good one that differs from it in the one thing that is wrong.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class AnswerTraceTests(OpenFlowVersion version)
{
    private static readonly FlowMod There = HandTrace.Rule(1, 2);
    private static readonly FlowMod Overlapping = There with
    {
        Match = Match.Any.WithEthType(0x0800),
        Flags = FlowModFlags.CheckOverlap,
    };

    private HandTrace New() => new(version);

    private HandTrace Ready() => New().Send(There).Barrier();

    private HandTrace Refused() => Ready().Send(Overlapping);

    private static HandTrace Told(HandTrace trace) =>
        trace.AppIsRefused(2, ErrorType.FlowModFailed, ErrorCodes.Overlap);

    [Test]
    public void A_refusal_with_the_apps_xid_and_bytes_before_the_barrier_reply_is_accepted() =>
        Told(Refused().Ask()).Answer().IsAccepted();

    [Test]
    public void A_refusal_that_the_app_does_not_hear_of_is_rejected() =>
        Refused().Barrier().IsRejected(ViolationKind.ErrorWrong);

    [Test]
    public void A_refusal_told_twice_is_rejected() => Told(Told(Refused())).IsRejected(ViolationKind.ErrorWrong);

    [Test]
    public void A_refusal_with_a_strange_xid_is_rejected()
    {
        HandTrace trace = Refused();
        trace.Add(new ErrorReceived(trace.Now, new Xid(99), new ErrorMessage(
            ErrorType.FlowModFailed, ErrorCodes.Overlap, [])));
        trace.IsRejected(ViolationKind.ErrorWrong);
    }

    [Test]
    public void A_refusal_of_what_one_switch_takes_is_rejected() =>
        Ready().AppIsRefused(1, ErrorType.FlowModFailed, 0).IsRejected(ViolationKind.ErrorWrong);

    /// <remarks>H-21.</remarks>
    [Test]
    public void A_refusal_that_quotes_other_bytes_is_rejected()
    {
        HandTrace trace = Refused();
        trace.AppIsRefused(2, ErrorType.FlowModFailed, ErrorCodes.Overlap, new byte[64]);
        trace.IsRejected(ViolationKind.ErrorWrong);
    }

    [Test]
    public void A_refusal_with_another_code_is_rejected() => Refused()
        .AppIsRefused(2, ErrorType.FlowModFailed, 0).IsRejected(ViolationKind.ErrorWrong);

    /// <remarks>H-17: every error of earlier messages comes before the barrier's reply.</remarks>
    [Test]
    public void A_refusal_behind_the_reply_of_a_later_barrier_is_rejected() =>
        Told(Refused().Barrier()).IsRejected(ViolationKind.OrderBroken);

    [Test]
    public void A_barrier_answered_twice_is_rejected() => Ready().Answer().IsRejected(ViolationKind.AnswerCount);

    [Test]
    public void A_barrier_never_answered_is_rejected() => Ready().Ask().IsRejected(ViolationKind.AnswerCount);

    [Test]
    public void A_removal_told_once_with_its_counters_is_accepted() =>
        Ready().Crosses(1, 1, 2).Delete(There).AppHearsOfRemoval(There, 1).Barrier().IsAccepted();

    [Test]
    public void A_removal_told_twice_is_rejected() => Ready().Delete(There)
        .AppHearsOfRemoval(There, 0).AppHearsOfRemoval(There, 0).IsRejected(ViolationKind.RemovalWrong);

    [Test]
    public void A_removal_not_told_is_rejected() =>
        Ready().Delete(There).Barrier().IsRejected(ViolationKind.RemovalWrong);

    [Test]
    public void A_removal_that_nobody_asked_for_is_rejected()
    {
        FlowMod silent = There with { Flags = FlowModFlags.None };
        New().Send(silent).Delete(silent).Barrier().IsAccepted();
        New().Send(silent).Delete(silent).AppHearsOfRemoval(silent, 0).IsRejected(ViolationKind.RemovalWrong);
    }

    [Test]
    public void A_removal_with_another_cookie_is_rejected() => Ready().Delete(There)
        .AppHearsOfRemoval(There with { Cookie = new Cookie(5) }, 0).IsRejected(ViolationKind.RemovalWrong);

    [Test]
    public void A_removal_for_another_reason_is_rejected() => Ready().Delete(There)
        .AppHearsOfRemoval(There, 0, FlowRemovedReason.IdleTimeout).IsRejected(ViolationKind.RemovalWrong);

    /// <remarks>H-49: what the first instance counted is not all.</remarks>
    [Test]
    public void A_removal_that_counts_too_little_is_rejected() => Ready().Crosses(1, 1, 2).Crosses(2, 1, 2)
        .Delete(There).AppHearsOfRemoval(There, 1).IsRejected(ViolationKind.RemovalWrong);

    [Test]
    public void A_removal_behind_the_reply_of_a_later_barrier_is_rejected() => Ready().Delete(There).Barrier()
        .AppHearsOfRemoval(There, 0).IsRejected(ViolationKind.OrderBroken);

    [Test]
    public void Time_that_runs_out_in_time_is_accepted()
    {
        FlowMod timed = There with { HardTimeoutSeconds = 1 };
        New().Send(timed).Barrier().Crosses(1, 1, 2).Wait(1000).Expires(timed, FlowRemovedReason.HardTimeout)
            .AppHearsOfRemoval(timed, 1, FlowRemovedReason.HardTimeout).HostSends(1, 2).AppSees(2, 1).IsAccepted();
    }

    /// <remarks>H-48.</remarks>
    [Test]
    public void Time_that_runs_out_early_is_rejected()
    {
        FlowMod timed = There with { HardTimeoutSeconds = 1 };
        New().Send(timed).Wait(900).Expires(timed, FlowRemovedReason.HardTimeout)
            .AppHearsOfRemoval(timed, 0, FlowRemovedReason.HardTimeout).IsRejected(ViolationKind.RemovalWrong);
    }

    /// <remarks>The controller hears of it later than it happens: the rule that was on its way meanwhile came behind
    /// it.</remarks>
    [Test]
    public void Time_that_runs_out_while_a_command_is_on_its_way_may_come_before_it()
    {
        FlowMod timed = There with { HardTimeoutSeconds = 1 };
        FlowMod below = HandTrace.Rule(1, 3, 50);
        HandTrace Begin() => New().Send(timed).Barrier().Wait(1000);
        HandTrace End(HandTrace trace) => trace.Expires(timed, FlowRemovedReason.HardTimeout).AppSees(1, 1)
            .AppHearsOfRemoval(timed, 0, FlowRemovedReason.HardTimeout);
        End(Begin().HostSends(1, 1).Send(below)).IsAccepted();
        // A barrier has shown that the rule was there, and the packet was handed up behind it.
        End(Begin().HostSends(1, 1).Send(below).Barrier()).IsRejected(ViolationKind.OrderBroken);
        // The rule itself was added again, so its time had not run out.
        End(Begin().HostSends(1, 1).Send(timed)).IsRejected(ViolationKind.RemovalWrong);
    }

    /// <remarks>H-46: a packet in between begins the time anew.</remarks>
    [Test]
    public void Idle_time_that_runs_out_although_packets_came_is_rejected()
    {
        FlowMod timed = There with { IdleTimeoutSeconds = 1 };
        New().Send(timed).Wait(600).Crosses(1, 1, 2).Wait(600).Expires(timed, FlowRemovedReason.IdleTimeout)
            .AppHearsOfRemoval(timed, 1, FlowRemovedReason.IdleTimeout).IsRejected(ViolationKind.RemovalWrong);
    }

    [Test]
    public void Counters_between_what_was_seen_and_what_was_sent_are_accepted()
    {
        HandTrace Begin() => Ready().Crosses(1, 1, 2).HostSends(1, 2).AskFlows();
        Begin().AnswerFlows((There, 1)).HostReceives(2, 2).IsAccepted();
        Begin().AnswerFlows((There, 2)).HostReceives(2, 2).IsAccepted();
        Begin().AnswerFlows((There, 0)).HostReceives(2, 2).IsRejected(ViolationKind.StatisticsWrong);
        Begin().AnswerFlows((There, 3)).HostReceives(2, 2).IsRejected(ViolationKind.StatisticsWrong);
    }

    /// <remarks>H-50.</remarks>
    [Test]
    public void Counters_that_go_down_are_rejected() => Ready().HostSends(1, 1)
        .AskFlows().AnswerFlows((There, 1)).AskFlows().AnswerFlows((There, 0)).HostReceives(2, 1)
        .IsRejected(ViolationKind.StatisticsWrong);

    [Test]
    public void Statistics_answered_twice_are_rejected() => Ready().AskFlows()
        .AnswerFlows((There, 0)).AnswerFlows((There, 0)).IsRejected(ViolationKind.AnswerCount);

    [Test]
    public void Statistics_that_lack_a_rule_are_rejected() =>
        Ready().AskFlows().AnswerFlows().IsRejected(ViolationKind.StatisticsWrong);

    /// <remarks>H-09, H-43: the first phase of an update is no rule of the app's.</remarks>
    [Test]
    public void Statistics_that_show_a_guard_are_rejected() => Ready().AskFlows()
        .AnswerFlows((There with { Actions = OpenFlow.Actions.ActionList.Output(PortNumber.Controller) }, 0))
        .IsRejected(ViolationKind.StatisticsWrong);

    [Test]
    public void An_order_that_is_not_the_apps_is_rejected()
    {
        HandTrace Begin() => New().Send(There).Send(HandTrace.Rule(2, 1, 101));
        Begin().Claim(1).Claim(2).IsAccepted();
        Begin().Claim(2).Claim(1).IsRejected(ViolationKind.ClaimWrong);
        Begin().Claim(1).IsRejected(ViolationKind.ClaimWrong);
        Begin().Claim(1).Claim(2).Claim(2).IsRejected(ViolationKind.ClaimWrong);
    }

    [Test]
    public void A_port_status_that_no_port_caused_is_rejected()
    {
        HandTrace trace = Ready();
        trace.Add(new PortStatusReceived(trace.Now, new PortStatus(
            PortStatusReason.Add, new PortDescription(new PortNumber(9), default, "tunnel"))));
        trace.IsRejected(ViolationKind.PortStatusWrong);
    }
}
