using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Rules that end by themselves (1.0.0 section 4.6, 1.3.5 section 5.5).</summary>
internal static class Timeouts
{
    /// <summary>Lets time pass: each rule ends when it is due, the earliest first.</summary>
    public static ReferenceStep Advance(ReferenceState state, TimeSpan now)
    {
        var step = ReferenceStep.To(state);
        while (NextDue(step.State) is { } due && due <= now) step = step.Then(before => Expire(before, due));
        return step with { State = step.State with { Now = now } };
    }

    private static ReferenceStep Expire(ReferenceState state, TimeSpan due)
    {
        state = state with { Now = due > state.Now ? due : state.Now };
        return FlowCommands.Remove(state, place => HardEnd(place.Rule) <= due, FlowRemovedReason.HardTimeout)
            .Then(next => FlowCommands.Remove(
                next, place => IdleEnd(place.Rule) <= due, FlowRemovedReason.IdleTimeout));
    }

    private static TimeSpan? NextDue(ReferenceState state) => state.Tables
        .SelectMany(table => table.Rules)
        .Min(TimeSpan? (rule) => HardEnd(rule) is { } hard && !(IdleEnd(rule) < hard) ? hard : IdleEnd(rule));

    private static TimeSpan? HardEnd(ReferenceRule rule) =>
        rule.HardSeconds == 0 ? null : (rule.RestartedAt ?? rule.CreatedAt) + TimeSpan.FromSeconds(rule.HardSeconds);

    private static TimeSpan? IdleEnd(ReferenceRule rule) =>
        rule.IdleSeconds == 0 ? null : rule.UsedAt + TimeSpan.FromSeconds(rule.IdleSeconds);
}
