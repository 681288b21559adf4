using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Checking;

/// <summary>An entry of the serial order that the system under test claims. What hosts and the app saw is evidence;
/// this is a claim, which the checker tests.</summary>
internal abstract record SerialClaim(TimeSpan At) : TraceEvent(At);

/// <summary>A command takes its place in the order.</summary>
internal sealed record CommandClaimed(TimeSpan At, Xid Xid) : SerialClaim(At)
{
    public override string Text => $"claim: command xid {Xid.Value}";
}

/// <summary>A command was lost with the connection while it waited, and took no place.</summary>
internal sealed record CommandLost(TimeSpan At, Xid Xid) : SerialClaim(At)
{
    public override string Text => $"claim: command xid {Xid.Value} was lost";
}

/// <summary>A rule ran out of time here.</summary>
internal sealed record ExpiryClaimed(TimeSpan At, ClaimedRule Rule, FlowRemovedReason Reason) : SerialClaim(At)
{
    public override string Text =>
        $"claim: {Reason} of table {Rule.Table.Value} priority {Rule.Priority} {Rule.Match}";
}

/// <summary>Which rule.</summary>
internal sealed record ClaimedRule(TableId Table, Match Match, ushort Priority);
