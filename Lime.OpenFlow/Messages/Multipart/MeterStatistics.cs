using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A meter and its counters (ofp_meter_stats).</summary>
public sealed record MeterStatistics
{
    /// <summary>Which meter.</summary>
    public MeterId Meter { get; init; }

    /// <summary>How many rules use it.</summary>
    public uint FlowCount { get; init; }

    /// <summary>Packets that came to it.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>Bytes of those packets.</summary>
    public ulong ByteCount { get; init; }

    /// <summary>How long it has been there.</summary>
    public Duration Duration { get; init; }

    /// <summary>What each band applied to, in their order.</summary>
    public ImmutableArray<BucketCounter> Bands { get; init; } = [];
}
