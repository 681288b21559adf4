using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation;

/// <summary>A UDP datagram that arrived at an emulated host; a view, valid until the handler
/// returns.</summary>
public readonly ref struct UdpDatagram
{
    /// <summary>Who sent it.</summary>
    public Ipv4Address Source { get; init; }

    /// <summary>The sender's port.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>The port it arrived at.</summary>
    public ushort DestinationPort { get; init; }

    /// <summary>What it carries.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }
}
