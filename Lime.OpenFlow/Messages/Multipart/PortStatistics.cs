using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A port and its counters (ofp_port_stats); a counter of all ones is one the switch does not
/// keep.</summary>
public sealed record PortStatistics
{
    /// <summary>Which port.</summary>
    public PortNumber Port { get; init; }

    /// <summary>Packets received.</summary>
    public ulong ReceivedPackets { get; init; }

    /// <summary>Packets sent.</summary>
    public ulong SentPackets { get; init; }

    /// <summary>Bytes received.</summary>
    public ulong ReceivedBytes { get; init; }

    /// <summary>Bytes sent.</summary>
    public ulong SentBytes { get; init; }

    /// <summary>Packets dropped on the way in.</summary>
    public ulong ReceiveDropped { get; init; }

    /// <summary>Packets dropped on the way out.</summary>
    public ulong SendDropped { get; init; }

    /// <summary>Receive errors.</summary>
    public ulong ReceiveErrors { get; init; }

    /// <summary>Send errors.</summary>
    public ulong SendErrors { get; init; }

    /// <summary>Frame alignment errors.</summary>
    public ulong FrameErrors { get; init; }

    /// <summary>Receive overruns.</summary>
    public ulong OverrunErrors { get; init; }

    /// <summary>Checksum errors.</summary>
    public ulong CrcErrors { get; init; }

    /// <summary>Collisions.</summary>
    public ulong Collisions { get; init; }

    /// <summary>1.3: how long the port has been there.</summary>
    public Duration Duration { get; init; }
}
