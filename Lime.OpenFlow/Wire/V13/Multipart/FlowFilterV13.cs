using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Which rules to tell of, one by one or summed up (ofp_flow_stats_request and ofp_aggregate_stats_request,
/// OpenFlow 1.3.5 sections 7.3.5.2 and 7.3.5.3).</summary>
/// <remarks><code>
///  0  table_id:8   pad:24
///  4  out_port:32
///  8  out_group:32
/// 12  pad:32
/// 16  cookie:64
/// 24  cookie_mask:64
/// 32  match, padded to a multiple of 8
/// </code></remarks>
internal static class FlowFilterV13
{
    private const int MatchAt = 32;

    public static long SizeOf(in Match match) => (long)MatchAt + MatchV13.SizeOf(match);

    public static void Write(ref WireWriter writer, FlowStatisticsRequest request)
    {
        writer.WriteUInt8(request.Table.Value);
        writer.WriteZeros(3);
        writer.WriteUInt32(request.OutPort.Value);
        writer.WriteUInt32(request.OutGroup.Value);
        writer.WriteZeros(4);
        writer.WriteUInt64(request.Cookie.Value);
        writer.WriteUInt64(request.CookieMask.Value);
        MatchV13.Write(ref writer, request.Match);
    }

    public static void Write(ref WireWriter writer, AggregateStatisticsRequest request) =>
        Write(ref writer, new FlowStatisticsRequest(request.Match, request.Table, request.OutPort)
        {
            OutGroup = request.OutGroup,
            Cookie = request.Cookie,
            CookieMask = request.CookieMask,
        });

    public static FlowStatisticsRequest ReadFlow(ref WireReader reader)
    {
        var table = new TableId(reader.ReadUInt8("ofp_flow_stats_request.table_id"));
        reader.Skip(3, "ofp_flow_stats_request.pad");
        var outPort = new PortNumber(reader.ReadUInt32("ofp_flow_stats_request.out_port"));
        var outGroup = new GroupId(reader.ReadUInt32("ofp_flow_stats_request.out_group"));
        reader.Skip(4, "ofp_flow_stats_request.pad2");
        var cookie = new Cookie(reader.ReadUInt64("ofp_flow_stats_request.cookie"));
        var cookieMask = new Cookie(reader.ReadUInt64("ofp_flow_stats_request.cookie_mask"));
        return new FlowStatisticsRequest(MatchV13.Read(ref reader), table, outPort)
        {
            OutGroup = outGroup,
            Cookie = cookie,
            CookieMask = cookieMask,
        };
    }

    public static AggregateStatisticsRequest ReadAggregate(ref WireReader reader)
    {
        FlowStatisticsRequest same = ReadFlow(ref reader);
        return new AggregateStatisticsRequest(same.Match, same.Table, same.OutPort)
        {
            OutGroup = same.OutGroup,
            Cookie = same.Cookie,
            CookieMask = same.CookieMask,
        };
    }
}
