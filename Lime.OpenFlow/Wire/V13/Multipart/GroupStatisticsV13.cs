using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Groups' counters, asked for and told (ofp_group_stats_request and ofp_group_stats, OpenFlow 1.3.5 section
/// 7.3.5.9).</summary>
/// <remarks><code>
/// request   0  group_id:32   pad:32
/// reply     0  length:16   pad:16
///           4  group_id:32
///           8  ref_count:32
///          12  pad:32
///          16  packet_count:64
///          24  byte_count:64
///          32  duration_sec:32
///          36  duration_nsec:32
///          40  buckets
/// </code></remarks>
internal static class GroupStatisticsV13
{
    public const int RequestBytes = 8;
    private const int BucketsAt = 40;

    public static long SizeOf(GroupStatisticsReply reply)
    {
        long bytes = 0;
        foreach (GroupStatistics group in reply.Groups.AsSpan()) bytes += SizeOf(group);
        return bytes;
    }

    public static void Write(ref WireWriter writer, GroupStatisticsRequest request)
    {
        writer.WriteUInt32(request.Group.Value);
        writer.WriteZeros(4);
    }

    public static void Write(ref WireWriter writer, GroupStatisticsReply reply)
    {
        foreach (GroupStatistics group in reply.Groups.AsSpan())
        {
            writer.WriteUInt16((ushort)SizeOf(group));
            writer.WriteZeros(2);
            writer.WriteUInt32(group.Group.Value);
            writer.WriteUInt32(group.ReferenceCount);
            writer.WriteZeros(4);
            writer.WriteUInt64(group.PacketCount);
            writer.WriteUInt64(group.ByteCount);
            WireDuration.Write(ref writer, group.Duration);
            BucketCountersV13.Write(ref writer, group.Buckets);
        }
    }

    public static GroupStatisticsRequest ReadRequest(ref WireReader reader)
    {
        var group = new GroupId(reader.ReadUInt32("ofp_group_stats_request.group_id"));
        reader.Skip(4, "ofp_group_stats_request.pad");
        return new GroupStatisticsRequest(group);
    }

    public static GroupStatisticsReply ReadReply(ref WireReader reader)
    {
        ImmutableArray<GroupStatistics>.Builder groups = ImmutableArray.CreateBuilder<GroupStatistics>();
        while (reader.HasMore())
        {
            WireReader group = reader.ReadEntry(BucketsAt, "ofp_group_stats", WireFault.Request);
            groups.Add(ReadGroup(ref group));
        }
        return new GroupStatisticsReply(groups.DrainToImmutable());
    }

    private static GroupStatistics ReadGroup(ref WireReader reader)
    {
        reader.Skip(4, "ofp_group_stats.length and pad");
        var group = new GroupId(reader.ReadUInt32("ofp_group_stats.group_id"));
        uint references = reader.ReadUInt32("ofp_group_stats.ref_count");
        reader.Skip(4, "ofp_group_stats.pad2");
        return new GroupStatistics
        {
            Group = group,
            ReferenceCount = references,
            PacketCount = reader.ReadUInt64("ofp_group_stats.packet_count"),
            ByteCount = reader.ReadUInt64("ofp_group_stats.byte_count"),
            Duration = WireDuration.Read(ref reader),
            Buckets = BucketCountersV13.Read(ref reader, "ofp_bucket_counter"),
        };
    }

    private static long SizeOf(GroupStatistics group) => BucketsAt + BucketCountersV13.SizeOf(group.Buckets);
}
