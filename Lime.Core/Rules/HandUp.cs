using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>A packet that a switch would send to its controller.</summary>
/// <param name="Rule">The rule that sends it; null: no rule matched.</param>
/// <param name="Frame">The packet at that moment.</param>
/// <param name="BytesMax">How much of it is asked for (max_len); 65,535: all, and the switch is not to hold it.</param>
internal sealed record HandUp(FlowRule? Rule, byte[] Frame, ushort BytesMax)
{
    /// <summary>The cookie of the rule as it was when it sent the packet; null: no rule matched.</summary>
    public Cookie? Cookie { get; init; }

    public TableId Table { get; init; }

    public PacketInReason Reason { get; init; }

    public ulong Metadata { get; init; }

    public ulong TunnelId { get; init; }
}
