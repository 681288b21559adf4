using System.Collections.Immutable;
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

    public static int SizeOf(MultipartRequest message)
    {
        if (message.HasMore) throw LimitsV10.Unsupported("MultipartRequest.HasMore");
        return WireLimits.FrameBytes(BodyAt + BodyBytes(message));
    }

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
            case OpaqueMultipartRequest opaque:
                writer.WriteBytes(opaque.Bytes.AsSpan());
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
            _ => new OpaqueMultipartRequest(type, ImmutableArray.Create(reader.ReadRest())),
        };
    }

    /// <summary>Whether OpenFlow 1.0 gives the type a meaning; a body of it is never opaque.</summary>
    public static bool IsDefined(MultipartType type) =>
        type is <= MultipartType.Queue or MultipartType.Experimenter;

    private static long BodyBytes(MultipartRequest message) => message switch
    {
        DescriptionRequest or TableStatisticsRequest => 0,
        FlowStatisticsRequest flow => FlowFilterV10.SizeOf(flow),
        AggregateStatisticsRequest aggregate => FlowFilterV10.SizeOf(aggregate),
        PortStatisticsRequest port => PortStatisticsV10.SizeOf(port),
        QueueStatisticsRequest queue => QueueStatisticsV10.SizeOf(queue),
        ExperimenterMultipartRequest experimenter => 4L + experimenter.Bytes.AsSpan().Length,
        OpaqueMultipartRequest opaque when !IsDefined(opaque.Type) => opaque.Bytes.AsSpan().Length,
        OpaqueMultipartRequest => throw new ArgumentException($"{message.Type} has a message of its own."),
        _ => throw LimitsV10.Unsupported(message.GetType().Name),
    };

    private static ExperimenterMultipartRequest ReadExperimenter(ref WireReader reader)
    {
        uint vendor = reader.ReadUInt32("ofp_stats_request.vendor");
        return new ExperimenterMultipartRequest(vendor, ImmutableArray.Create(reader.ReadRest()));
    }
}
