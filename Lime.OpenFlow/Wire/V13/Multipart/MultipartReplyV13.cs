using System.Collections.Immutable;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Multipart replies (ofp_multipart_reply, OpenFlow 1.3.5 section 7.3.5).</summary>
/// <remarks><code>
///  8  type:16   flags:16 (bit 0: more replies follow)
/// 12  pad:32
/// 16  body
/// </code>
/// A type that 1.3 does not define is kept with its body byte for byte.</remarks>
internal static class MultipartReplyV13
{
    private const int BodyAt = 16;

    /// <summary>OFPMPF_REPLY_MORE.</summary>
    private const ushort ReplyMore = 1;

    public static int SizeOf(MultipartReply message) => WireLimits.FrameBytes(BodyAt + message switch
    {
        DescriptionReply description => DescriptionBody.SizeOf(description, OpenFlowVersion.V13),
        FlowStatisticsReply flows => FlowStatisticsV13.SizeOf(flows),
        AggregateStatisticsReply => AggregateBody.SizeBytes,
        TableStatisticsReply tables => TableStatisticsV13.SizeOf(tables),
        PortStatisticsReply ports => PortStatisticsV13.SizeOf(ports),
        QueueStatisticsReply queues => QueueStatisticsV13.SizeOf(queues),
        GroupStatisticsReply groups => GroupStatisticsV13.SizeOf(groups),
        GroupDescriptionReply groups => GroupDescriptionV13.SizeOf(groups),
        GroupFeaturesReply groups => GroupFeaturesV13.SizeOf(groups),
        MeterStatisticsReply meters => MeterStatisticsV13.SizeOf(meters),
        MeterConfigurationReply meters => MeterConfigurationV13.SizeOf(meters),
        MeterFeaturesReply => MeterFeaturesV13.SizeBytes,
        TableFeaturesReply tables => TableFeaturesV13.SizeOf(tables.Tables),
        PortDescriptionReply ports => PortDescriptionsV13.SizeOf(ports),
        ExperimenterMultipartReply experimenter => ExperimenterBodyV13.SizeOf(experimenter.Bytes),
        OpaqueMultipartReply opaque when !MultipartRequestV13.IsDefined(opaque.Type) => opaque.Bytes.AsSpan().Length,
        OpaqueMultipartReply => throw new ArgumentException($"{message.Type} has a message of its own."),
        _ => throw LimitsV13.Unsupported(message.GetType().Name),
    });

    public static void Write(ref WireWriter writer, MultipartReply message)
    {
        writer.WriteUInt16((ushort)message.Type);
        writer.WriteUInt16(message.HasMore ? ReplyMore : (ushort)0);
        writer.WriteZeros(4);
        switch (message)
        {
            case DescriptionReply description: DescriptionBody.Write(ref writer, description); break;
            case FlowStatisticsReply flows: FlowStatisticsV13.Write(ref writer, flows); break;
            case AggregateStatisticsReply sum: AggregateBody.Write(ref writer, sum); break;
            case TableStatisticsReply tables: TableStatisticsV13.Write(ref writer, tables); break;
            case PortStatisticsReply ports: PortStatisticsV13.Write(ref writer, ports); break;
            case QueueStatisticsReply queues: QueueStatisticsV13.Write(ref writer, queues); break;
            case GroupStatisticsReply groups: GroupStatisticsV13.Write(ref writer, groups); break;
            case GroupDescriptionReply groups: GroupDescriptionV13.Write(ref writer, groups); break;
            case GroupFeaturesReply groups: GroupFeaturesV13.Write(ref writer, groups); break;
            case MeterStatisticsReply meters: MeterStatisticsV13.Write(ref writer, meters); break;
            case MeterConfigurationReply meters: MeterConfigurationV13.Write(ref writer, meters); break;
            case MeterFeaturesReply meters: MeterFeaturesV13.Write(ref writer, meters); break;
            case TableFeaturesReply tables: TableFeaturesV13.Write(ref writer, tables.Tables); break;
            case PortDescriptionReply ports: PortDescriptionsV13.Write(ref writer, ports); break;
            case ExperimenterMultipartReply experimenter:
                ExperimenterBodyV13.Write(ref writer, experimenter.Experimenter, experimenter.Bytes);
                break;
            case OpaqueMultipartReply opaque: writer.WriteBytes(opaque.Bytes.AsSpan()); break;
        }
    }

    public static MultipartReply Read(ref WireReader reader)
    {
        var type = (MultipartType)reader.ReadUInt16("ofp_multipart_reply.type");
        bool hasMore = (reader.ReadUInt16("ofp_multipart_reply.flags") & ReplyMore) != 0;
        reader.Skip(4, "ofp_multipart_reply.pad");
        MultipartReply reply = ReadBody(ref reader, type);
        return hasMore ? reply with { HasMore = true } : reply;
    }

    private static MultipartReply ReadBody(ref WireReader reader, MultipartType type) => type switch
    {
        MultipartType.Description => DescriptionBody.Read(ref reader),
        MultipartType.Flow => FlowStatisticsV13.Read(ref reader),
        MultipartType.Aggregate => AggregateBody.Read(ref reader),
        MultipartType.Table => TableStatisticsV13.Read(ref reader),
        MultipartType.PortStatistics => PortStatisticsV13.ReadReply(ref reader),
        MultipartType.Queue => QueueStatisticsV13.ReadReply(ref reader),
        MultipartType.Group => GroupStatisticsV13.ReadReply(ref reader),
        MultipartType.GroupDescription => GroupDescriptionV13.Read(ref reader),
        MultipartType.GroupFeatures => GroupFeaturesV13.Read(ref reader),
        MultipartType.Meter => MeterStatisticsV13.Read(ref reader),
        MultipartType.MeterConfiguration => MeterConfigurationV13.Read(ref reader),
        MultipartType.MeterFeatures => MeterFeaturesV13.Read(ref reader),
        MultipartType.TableFeatures => new TableFeaturesReply(TableFeaturesV13.Read(ref reader, WireFault.Request)),
        MultipartType.PortDescription => PortDescriptionsV13.Read(ref reader),
        MultipartType.Experimenter => ExperimenterBodyV13.ReadReply(ref reader),
        _ => new OpaqueMultipartReply(type, ImmutableArray.Create(reader.ReadRest())),
    };
}
