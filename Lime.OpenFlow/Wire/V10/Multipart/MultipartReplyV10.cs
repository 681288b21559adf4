using System.Collections.Immutable;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Statistics replies (ofp_stats_reply, OpenFlow 1.0.0 section 5.3.5).</summary>
/// <remarks><code>
///  8  type:16   flags:16 (bit 0: more replies follow)
/// 12  body
/// </code></remarks>
internal static class MultipartReplyV10
{
    private const int BodyAt = 12;

    /// <summary>OFPSF_REPLY_MORE.</summary>
    private const ushort ReplyMore = 1;

    public static int SizeOf(MultipartReply message) => WireLimits.FrameBytes(BodyAt + message switch
    {
        DescriptionReply description => DescriptionBody.SizeOf(description, OpenFlowVersion.V10),
        FlowStatisticsReply flows => FlowStatisticsV10.SizeOf(flows),
        AggregateStatisticsReply => AggregateBody.SizeBytes,
        TableStatisticsReply tables => TableStatisticsV10.SizeOf(tables),
        PortStatisticsReply ports => PortStatisticsV10.SizeOf(ports),
        QueueStatisticsReply queues => QueueStatisticsV10.SizeOf(queues),
        ExperimenterMultipartReply experimenter => 4L + experimenter.Bytes.AsSpan().Length,
        OpaqueMultipartReply opaque when !MultipartRequestV10.IsDefined(opaque.Type) => opaque.Bytes.AsSpan().Length,
        OpaqueMultipartReply => throw new ArgumentException($"{message.Type} has a message of its own."),
        _ => throw LimitsV10.Unsupported(message.GetType().Name),
    });

    public static void Write(ref WireWriter writer, MultipartReply message)
    {
        writer.WriteUInt16((ushort)message.Type);
        writer.WriteUInt16(message.HasMore ? ReplyMore : (ushort)0);
        switch (message)
        {
            case DescriptionReply description: DescriptionBody.Write(ref writer, description); break;
            case FlowStatisticsReply flows: FlowStatisticsV10.Write(ref writer, flows); break;
            case AggregateStatisticsReply sum: AggregateBody.Write(ref writer, sum); break;
            case TableStatisticsReply tables: TableStatisticsV10.Write(ref writer, tables); break;
            case PortStatisticsReply ports: PortStatisticsV10.Write(ref writer, ports); break;
            case QueueStatisticsReply queues: QueueStatisticsV10.Write(ref writer, queues); break;
            case ExperimenterMultipartReply experimenter:
                writer.WriteUInt32(experimenter.Experimenter);
                writer.WriteBytes(experimenter.Bytes.AsSpan());
                break;
            case OpaqueMultipartReply opaque:
                writer.WriteBytes(opaque.Bytes.AsSpan());
                break;
        }
    }

    public static MultipartReply Read(ref WireReader reader)
    {
        var type = (MultipartType)reader.ReadUInt16("ofp_stats_reply.type");
        bool hasMore = (reader.ReadUInt16("ofp_stats_reply.flags") & ReplyMore) != 0;
        MultipartReply reply = type switch
        {
            MultipartType.Description => DescriptionBody.Read(ref reader),
            MultipartType.Flow => FlowStatisticsV10.Read(ref reader),
            MultipartType.Aggregate => AggregateBody.Read(ref reader),
            MultipartType.Table => TableStatisticsV10.Read(ref reader),
            MultipartType.PortStatistics => PortStatisticsV10.ReadReply(ref reader),
            MultipartType.Queue => QueueStatisticsV10.ReadReply(ref reader),
            MultipartType.Experimenter => ReadExperimenter(ref reader),
            _ => new OpaqueMultipartReply(type, ImmutableArray.Create(reader.ReadRest())),
        };
        return hasMore ? reply with { HasMore = true } : reply;
    }

    private static ExperimenterMultipartReply ReadExperimenter(ref WireReader reader)
    {
        uint vendor = reader.ReadUInt32("ofp_stats_reply.vendor");
        return new ExperimenterMultipartReply(vendor, ImmutableArray.Create(reader.ReadRest()));
    }
}
