using System.Collections.Immutable;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Statistics requests (ofp_stats_request, OpenFlow 1.0.0 section 5.3.5).</summary>
/// <remarks><code>
///  8  type:16   flags:16 (none are defined)
/// 12  body
/// </code></remarks>
internal static class MultipartRequestV10
{
    private const int BodyAt = 12;

    public static int SizeOf(MultipartRequest message) => WireLimits.FrameBytes(BodyAt + message switch
    {
        DescriptionRequest or TableStatisticsRequest => 0L,
        FlowStatisticsRequest flow => FlowFilterV10.SizeOf(flow.Match, flow.OutPort),
        AggregateStatisticsRequest aggregate => FlowFilterV10.SizeOf(aggregate.Match, aggregate.OutPort),
        PortStatisticsRequest port => PortStatisticsV10.SizeOf(port),
        QueueStatisticsRequest queue => QueueStatisticsV10.SizeOf(queue),
        ExperimenterMultipartRequest experimenter => 4L + experimenter.Bytes.AsSpan().Length,
        _ => throw LimitsV10.Unsupported(message.GetType().Name),
    });

    public static void Write(ref WireWriter writer, MultipartRequest message)
    {
        writer.WriteUInt16((ushort)message.Type);
        writer.WriteZeros(2);
        switch (message)
        {
            case FlowStatisticsRequest flow:
                FlowFilterV10.Write(ref writer, flow.Match, flow.Table, flow.OutPort);
                break;
            case AggregateStatisticsRequest aggregate:
                FlowFilterV10.Write(ref writer, aggregate.Match, aggregate.Table, aggregate.OutPort);
                break;
            case PortStatisticsRequest port:
                PortStatisticsV10.Write(ref writer, port);
                break;
            case QueueStatisticsRequest queue:
                QueueStatisticsV10.Write(ref writer, queue);
                break;
            case ExperimenterMultipartRequest experimenter:
                writer.WriteUInt32(experimenter.Experimenter);
                writer.WriteBytes(experimenter.Bytes.AsSpan());
                break;
        }
    }

    public static MultipartRequest Read(ref WireReader reader)
    {
        var type = (MultipartType)reader.ReadUInt16("ofp_stats_request.type");
        reader.Skip(2, "ofp_stats_request.flags");
        return type switch
        {
            MultipartType.Description => new DescriptionRequest(),
            MultipartType.Flow => FlowFilterV10.ReadFlow(ref reader),
            MultipartType.Aggregate => FlowFilterV10.ReadAggregate(ref reader),
            MultipartType.Table => new TableStatisticsRequest(),
            MultipartType.PortStatistics => PortStatisticsV10.ReadRequest(ref reader),
            MultipartType.Queue => QueueStatisticsV10.ReadRequest(ref reader),
            MultipartType.Experimenter => ReadExperimenter(ref reader),
            _ => throw UnknownType(type),
        };
    }

    /// <summary>The error for a statistics type that OpenFlow 1.0 does not define.</summary>
    public static OpenFlowProtocolException UnknownType(MultipartType type) => new(
        ErrorType.BadRequest, ErrorCodes.BadMultipart,
        $"The statistics type at byte 8 is {(ushort)type}, which OpenFlow 1.0 does not define.");

    private static ExperimenterMultipartRequest ReadExperimenter(ref WireReader reader)
    {
        uint vendor = reader.ReadUInt32("ofp_stats_request.vendor");
        return new ExperimenterMultipartRequest(vendor, ImmutableArray.Create(reader.ReadRest()));
    }
}
