using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10.Multipart;

/// <summary>Rules and their counters (ofp_flow_stats, OpenFlow 1.0.0 section 5.3.5).</summary>
/// <remarks><code>
///  0  length:16   table_id:8   pad:8
///  4  match:320
/// 44  duration_sec:32
/// 48  duration_nsec:32
/// 52  priority:16   idle_timeout:16
/// 56  hard_timeout:16   pad:48
/// 64  cookie:64
/// 72  packet_count:64
/// 80  byte_count:64
/// 88  actions
/// </code></remarks>
internal static class FlowStatisticsV10
{
    private const int ActionsAt = 88;

    public static long SizeOf(FlowStatisticsReply reply)
    {
        long bytes = 0;
        foreach (FlowStatistics flow in reply.Flows.AsSpan()) bytes += SizeOf(flow);
        return bytes;
    }

    public static void Write(ref WireWriter writer, FlowStatisticsReply reply)
    {
        foreach (FlowStatistics flow in reply.Flows.AsSpan()) Write(ref writer, flow);
    }

    public static FlowStatisticsReply Read(ref WireReader reader)
    {
        ImmutableArray<FlowStatistics>.Builder flows = ImmutableArray.CreateBuilder<FlowStatistics>();
        while (reader.HasMore()) flows.Add(ReadFlow(ref reader));
        return new FlowStatisticsReply(flows.DrainToImmutable());
    }

    private static long SizeOf(FlowStatistics flow)
    {
        MatchV10.Check(flow.Match);
        if (!flow.Instructions.IsNone) throw LimitsV10.Unsupported("FlowStatistics.Instructions");
        return ActionsAt + ActionListV10.SizeOf(flow.Actions);
    }

    private static void Write(ref WireWriter writer, FlowStatistics flow)
    {
        writer.WriteUInt16((ushort)SizeOf(flow));
        writer.WriteUInt8(flow.Table.Value);
        writer.WriteZeros(1);
        MatchV10.Write(ref writer, flow.Match);
        WireDuration.Write(ref writer, flow.Duration);
        writer.WriteUInt16(flow.Priority);
        writer.WriteUInt16(flow.IdleTimeoutSeconds);
        writer.WriteUInt16(flow.HardTimeoutSeconds);
        writer.WriteZeros(6);
        writer.WriteUInt64(flow.Cookie.Value);
        writer.WriteUInt64(flow.PacketCount);
        writer.WriteUInt64(flow.ByteCount);
        ActionListV10.Write(ref writer, flow.Actions);
    }

    private static FlowStatistics ReadFlow(ref WireReader reader)
    {
        WireReader rest = reader.ReadEntry(ActionsAt, "ofp_flow_stats", WireFault.Request);
        rest.Skip(2, "ofp_flow_stats.length");
        var table = new TableId(rest.ReadUInt8("ofp_flow_stats.table_id"));
        rest.Skip(1, "ofp_flow_stats.pad");
        Match match = MatchV10.Read(ref rest);
        Duration duration = WireDuration.Read(ref rest);
        ushort priority = rest.ReadUInt16("ofp_flow_stats.priority");
        ushort idleTimeout = rest.ReadUInt16("ofp_flow_stats.idle_timeout");
        ushort hardTimeout = rest.ReadUInt16("ofp_flow_stats.hard_timeout");
        rest.Skip(6, "ofp_flow_stats.pad2");
        var cookie = new Cookie(rest.ReadUInt64("ofp_flow_stats.cookie"));
        ulong packets = rest.ReadUInt64("ofp_flow_stats.packet_count");
        ulong bytes = rest.ReadUInt64("ofp_flow_stats.byte_count");
        ActionList actions = ActionListV10.Read(ref rest);
        return new FlowStatistics
        {
            Table = table,
            Match = match,
            Duration = duration,
            Priority = priority,
            IdleTimeoutSeconds = idleTimeout,
            HardTimeoutSeconds = hardTimeout,
            Cookie = cookie,
            PacketCount = packets,
            ByteCount = bytes,
            Actions = actions,
        };
    }
}
