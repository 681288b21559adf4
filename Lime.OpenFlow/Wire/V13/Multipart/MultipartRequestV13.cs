using System.Collections.Immutable;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Multipart requests (ofp_multipart_request, OpenFlow 1.3.5 section 7.3.5).</summary>
/// <remarks><code>
///  8  type:16   flags:16 (bit 0: more of the request follows)
/// 12  pad:32
/// 16  body
/// </code>
/// A type that 1.3 does not define is kept with its body byte for byte.</remarks>
internal static class MultipartRequestV13
{
    private const int BodyAt = 16;

    /// <summary>OFPMPF_REQ_MORE.</summary>
    private const ushort RequestMore = 1;

    public static int SizeOf(MultipartRequest message) => WireLimits.FrameBytes(BodyAt + message switch
    {
        DescriptionRequest or TableStatisticsRequest or GroupDescriptionRequest or GroupFeaturesRequest
            or MeterFeaturesRequest or PortDescriptionRequest => 0L,
        FlowStatisticsRequest flow => FlowFilterV13.SizeOf(flow.Match),
        AggregateStatisticsRequest aggregate => FlowFilterV13.SizeOf(aggregate.Match),
        PortStatisticsRequest => PortStatisticsV13.RequestBytes,
        QueueStatisticsRequest => QueueStatisticsV13.RequestBytes,
        GroupStatisticsRequest => GroupStatisticsV13.RequestBytes,
        MeterStatisticsRequest or MeterConfigurationRequest => MeterConfigurationV13.RequestBytes,
        TableFeaturesRequest tables => TableFeaturesV13.SizeOf(tables.Tables),
        ExperimenterMultipartRequest experimenter => ExperimenterBodyV13.SizeOf(experimenter.Bytes),
        OpaqueMultipartRequest opaque when !IsDefined(opaque.Type) => opaque.Bytes.AsSpan().Length,
        OpaqueMultipartRequest => throw new ArgumentException($"{message.Type} has a message of its own."),
        _ => throw LimitsV13.Unsupported(message.GetType().Name),
    });

    public static void Write(ref WireWriter writer, MultipartRequest message)
    {
        writer.WriteUInt16((ushort)message.Type);
        writer.WriteUInt16(message.HasMore ? RequestMore : (ushort)0);
        writer.WriteZeros(4);
        switch (message)
        {
            case FlowStatisticsRequest flow: FlowFilterV13.Write(ref writer, flow); break;
            case AggregateStatisticsRequest aggregate: FlowFilterV13.Write(ref writer, aggregate); break;
            case PortStatisticsRequest port: PortStatisticsV13.Write(ref writer, port); break;
            case QueueStatisticsRequest queue: QueueStatisticsV13.Write(ref writer, queue); break;
            case GroupStatisticsRequest group: GroupStatisticsV13.Write(ref writer, group); break;
            case MeterStatisticsRequest meter: MeterConfigurationV13.WriteRequest(ref writer, meter.Meter); break;
            case MeterConfigurationRequest meter: MeterConfigurationV13.WriteRequest(ref writer, meter.Meter); break;
            case TableFeaturesRequest tables: TableFeaturesV13.Write(ref writer, tables.Tables); break;
            case ExperimenterMultipartRequest experimenter:
                ExperimenterBodyV13.Write(ref writer, experimenter.Experimenter, experimenter.Bytes);
                break;
            case OpaqueMultipartRequest opaque: writer.WriteBytes(opaque.Bytes.AsSpan()); break;
        }
    }

    public static MultipartRequest Read(ref WireReader reader)
    {
        var type = (MultipartType)reader.ReadUInt16("ofp_multipart_request.type");
        bool hasMore = (reader.ReadUInt16("ofp_multipart_request.flags") & RequestMore) != 0;
        reader.Skip(4, "ofp_multipart_request.pad");
        MultipartRequest request = ReadBody(ref reader, type);
        return hasMore ? request with { HasMore = true } : request;
    }

    /// <summary>Whether OpenFlow 1.3 gives the type a meaning; a body of it is never opaque.</summary>
    public static bool IsDefined(MultipartType type) =>
        type is <= MultipartType.PortDescription or MultipartType.Experimenter;

    private static MultipartRequest ReadBody(ref WireReader reader, MultipartType type) => type switch
    {
        MultipartType.Description => new DescriptionRequest(),
        MultipartType.Flow => FlowFilterV13.ReadFlow(ref reader),
        MultipartType.Aggregate => FlowFilterV13.ReadAggregate(ref reader),
        MultipartType.Table => new TableStatisticsRequest(),
        MultipartType.PortStatistics => PortStatisticsV13.ReadRequest(ref reader),
        MultipartType.Queue => QueueStatisticsV13.ReadRequest(ref reader),
        MultipartType.Group => GroupStatisticsV13.ReadRequest(ref reader),
        MultipartType.GroupDescription => new GroupDescriptionRequest(),
        MultipartType.GroupFeatures => new GroupFeaturesRequest(),
        MultipartType.Meter => new MeterStatisticsRequest(MeterConfigurationV13.ReadRequest(ref reader)),
        MultipartType.MeterConfiguration =>
            new MeterConfigurationRequest(MeterConfigurationV13.ReadRequest(ref reader)),
        MultipartType.MeterFeatures => new MeterFeaturesRequest(),
        MultipartType.TableFeatures =>
            new TableFeaturesRequest(TableFeaturesV13.Read(ref reader, WireFault.TableFeatures)),
        MultipartType.PortDescription => new PortDescriptionRequest(),
        MultipartType.Experimenter => ExperimenterBodyV13.ReadRequest(ref reader),
        _ => new OpaqueMultipartRequest(type, ImmutableArray.Create(reader.ReadRest())),
    };
}
