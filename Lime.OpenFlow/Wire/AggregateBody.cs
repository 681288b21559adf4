using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire;

/// <summary>The sum over rules (ofp_aggregate_stats_reply; the same in every version).</summary>
/// <remarks><code>
///  0  packet_count:64
///  8  byte_count:64
/// 16  flow_count:32   pad:32
/// </code></remarks>
internal static class AggregateBody
{
    public const int SizeBytes = 24;

    public static void Write(ref WireWriter writer, AggregateStatisticsReply aggregate)
    {
        writer.WriteUInt64(aggregate.PacketCount);
        writer.WriteUInt64(aggregate.ByteCount);
        writer.WriteUInt32(aggregate.FlowCount);
        writer.WriteZeros(4);
    }

    public static AggregateStatisticsReply Read(ref WireReader reader)
    {
        ulong packets = reader.ReadUInt64("ofp_aggregate_stats_reply.packet_count");
        ulong bytes = reader.ReadUInt64("ofp_aggregate_stats_reply.byte_count");
        uint flows = reader.ReadUInt32("ofp_aggregate_stats_reply.flow_count");
        reader.Skip(4, "ofp_aggregate_stats_reply.pad");
        return new AggregateStatisticsReply(packets, bytes, flows);
    }
}
