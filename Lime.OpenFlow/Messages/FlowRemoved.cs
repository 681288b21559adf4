using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Messages;

/// <summary>A rule is gone.</summary>
/// <param name="Match">The rule's match.</param>
/// <param name="Cookie">The rule's cookie.</param>
/// <param name="Priority">The rule's priority.</param>
/// <param name="Reason">Why it went.</param>
/// <param name="Duration">How long it lived.</param>
/// <param name="IdleTimeoutSeconds">Its idle timeout.</param>
/// <param name="PacketCount">How many packets it matched.</param>
/// <param name="ByteCount">How many bytes they had.</param>
public sealed record FlowRemoved(
    Match Match,
    Cookie Cookie,
    ushort Priority,
    FlowRemovedReason Reason,
    Duration Duration,
    ushort IdleTimeoutSeconds,
    ulong PacketCount,
    ulong ByteCount) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.FlowRemoved;

    /// <summary>The table it lay in.</summary>
    public TableId Table { get; init; }

    /// <summary>Its hard timeout in seconds (1.2 and later; 0 in 1.0).</summary>
    public ushort HardTimeoutSeconds { get; init; }
}
