using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Which rules to tell of, one by one or summed up (ofp_flow_stats_request and
/// ofp_aggregate_stats_request,
/// OpenFlow 1.0.0 section 5.3.5).</summary>
/// <remarks><code>
///  0  match:320
/// 40  table_id:8   pad:8   out_port:16
/// </code></remarks>
internal static class FlowFilterV10
{
    private const int SizeBytes = 44;

    public static int SizeOf(FlowStatisticsRequest request)
    {
        MatchV10.Check(request.Match);
        PortNumberV10.Check(request.OutPort, "FlowStatisticsRequest.OutPort");
        if (request.OutGroup != GroupId.Any) throw LimitsV10.Unsupported("FlowStatisticsRequest.OutGroup");
        if (request.CookieMask != default) throw LimitsV10.Unsupported("FlowStatisticsRequest.CookieMask");
        if (request.Cookie != default) throw LimitsV10.Unsupported("FlowStatisticsRequest.Cookie");
        return SizeBytes;
    }

    public static int SizeOf(AggregateStatisticsRequest request)
    {
        MatchV10.Check(request.Match);
        PortNumberV10.Check(request.OutPort, "AggregateStatisticsRequest.OutPort");
        if (request.OutGroup != GroupId.Any) throw LimitsV10.Unsupported("AggregateStatisticsRequest.OutGroup");
        if (request.CookieMask != default) throw LimitsV10.Unsupported("AggregateStatisticsRequest.CookieMask");
        if (request.Cookie != default) throw LimitsV10.Unsupported("AggregateStatisticsRequest.Cookie");
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, in Match match, TableId table, PortNumber outPort)
    {
        MatchV10.Write(ref writer, match);
        writer.WriteUInt8(table.Value);
        writer.WriteZeros(1);
        PortNumberV10.Write(ref writer, outPort);
    }

    public static FlowStatisticsRequest ReadFlow(ref WireReader reader)
    {
        (Match match, TableId table, PortNumber outPort) = Read(ref reader);
        return new FlowStatisticsRequest(match, table, outPort);
    }

    public static AggregateStatisticsRequest ReadAggregate(ref WireReader reader)
    {
        (Match match, TableId table, PortNumber outPort) = Read(ref reader);
        return new AggregateStatisticsRequest(match, table, outPort);
    }

    private static (Match Match, TableId Table, PortNumber OutPort) Read(ref WireReader reader)
    {
        Match match = MatchV10.Read(ref reader);
        var table = new TableId(reader.ReadUInt8("ofp_flow_stats_request.table_id"));
        reader.Skip(1, "ofp_flow_stats_request.pad");
        return (match, table, PortNumberV10.Read(ref reader, "ofp_flow_stats_request.out_port"));
    }
}
