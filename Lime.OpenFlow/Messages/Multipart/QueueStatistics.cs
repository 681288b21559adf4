using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A queue and its counters (ofp_queue_stats).</summary>
public sealed record QueueStatistics
{
    /// <summary>The port it belongs to.</summary>
    public PortNumber Port { get; init; }

    /// <summary>Which queue.</summary>
    public QueueId Queue { get; init; }

    /// <summary>Bytes sent through it.</summary>
    public ulong SentBytes { get; init; }

    /// <summary>Packets sent through it.</summary>
    public ulong SentPackets { get; init; }

    /// <summary>Packets dropped in it.</summary>
    public ulong SendErrors { get; init; }

    /// <summary>1.3: how long the queue has been there.</summary>
    public Duration Duration { get; init; }
}
