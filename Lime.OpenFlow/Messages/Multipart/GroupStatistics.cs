using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A group and its counters (ofp_group_stats).</summary>
public sealed record GroupStatistics
{
    /// <summary>Which group.</summary>
    public GroupId Group { get; init; }

    /// <summary>How many rules and groups refer to it.</summary>
    public uint ReferenceCount { get; init; }

    /// <summary>Packets it has processed.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>Bytes of those packets.</summary>
    public ulong ByteCount { get; init; }

    /// <summary>1.3: how long it has been there.</summary>
    public Duration Duration { get; init; }

    /// <summary>One entry a bucket, in their order.</summary>
    public ImmutableArray<BucketCounter> Buckets { get; init; } = [];
}
