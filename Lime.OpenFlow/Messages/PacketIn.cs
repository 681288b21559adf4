using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Messages;

/// <summary>A packet that a switch hands to its controller; a view of the frame, valid until the handler
/// returns.</summary>
public readonly ref struct PacketIn
{
    /// <summary>The switch's hold on the packet, or <see cref="BufferId.None"/>.</summary>
    public BufferId BufferId { get; init; }

    /// <summary>The packet's whole length in bytes; <see cref="Data"/> may be its front only.</summary>
    public ushort TotalBytes { get; init; }

    /// <summary>Where the packet came in; <see cref="PortNumber.Any"/> if the switch doesn't say.</summary>
    public PortNumber InPort { get; init; }

    /// <summary>Why it is handed up.</summary>
    public PacketInReason Reason { get; init; }

    /// <summary>The table whose rule, or miss, handed it up (1.1 and later).</summary>
    public TableId Table { get; init; }

    /// <summary>The cookie of the rule that handed it up (1.3); all ones where there is none, 0 in 1.0.</summary>
    public Cookie Cookie { get; init; }

    /// <summary>The packet's match fields as on the wire, <c>in_port</c> among them, without header and padding
    /// (1.2 and later). Written back as they are, but for <c>in_port</c>, which is <see cref="InPort"/>: in its place,
    /// or first where they have none. Read them with <see cref="OxmReader"/>.</summary>
    public ReadOnlySpan<byte> MatchFields { get; init; }

    /// <summary>The packet, from its Ethernet header on.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}
