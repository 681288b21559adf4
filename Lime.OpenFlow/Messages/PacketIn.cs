using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A packet that a switch hands to its controller; a view of the frame, valid until the handler
/// returns.</summary>
public readonly ref struct PacketIn
{
    /// <summary>The switch's hold on the packet, or <see cref="BufferId.None"/>.</summary>
    public BufferId BufferId { get; init; }

    /// <summary>The packet's whole length in bytes; <see cref="Data"/> may be its front only.</summary>
    public ushort TotalBytes { get; init; }

    /// <summary>Where the packet came in.</summary>
    public PortNumber InPort { get; init; }

    /// <summary>Why it is handed up.</summary>
    public PacketInReason Reason { get; init; }

    /// <summary>The packet, from its Ethernet header on.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}
