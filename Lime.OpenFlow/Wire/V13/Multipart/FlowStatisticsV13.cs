using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>Rules and their counters (ofp_flow_stats, OpenFlow 1.3.5 section 7.3.5.2).</summary>
/// <remarks><code>
///  0  length:16   table_id:8   pad:8
///  4  duration_sec:32
///  8  duration_nsec:32
/// 12  priority:16   idle_timeout:16
/// 16  hard_timeout:16   flags:16
/// 20  pad:32
/// 24  cookie:64
/// 32  packet_count:64
/// 40  byte_count:64
/// 48  match, padded to a multiple of 8
///     instructions
/// </code></remarks>
internal static class FlowStatisticsV13
{
    private const int MatchAt = 48;

    /// <summary>All but the bit that stands for 1.0's emergency flag in the model, which no 1.3 switch can
    /// mean.</summary>
    private const ushort FlagBits = (ushort)~FlowModFlags.Emergency & ushort.MaxValue;

    public static long SizeOf(FlowStatisticsReply reply)
    {
        long bytes = 0;
        foreach (FlowStatistics flow in reply.Flows.AsSpan())
        {
            if ((flow.Flags & FlowModFlags.Emergency) != 0) throw LimitsV13.Unsupported("FlowStatistics.Flags");
            bytes += SizeOf(flow);
        }
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

    private static long SizeOf(FlowStatistics flow) =>
        MatchAt + MatchV13.SizeOf(flow.Match) + InstructionsV13.SizeOf(flow.Actions, flow.Instructions);

    private static void Write(ref WireWriter writer, FlowStatistics flow)
    {
        writer.WriteUInt16((ushort)SizeOf(flow));
        writer.WriteUInt8(flow.Table.Value);
        writer.WriteZeros(1);
        WireDuration.Write(ref writer, flow.Duration);
        writer.WriteUInt16(flow.Priority);
        writer.WriteUInt16(flow.IdleTimeoutSeconds);
        writer.WriteUInt16(flow.HardTimeoutSeconds);
        writer.WriteUInt16((ushort)flow.Flags);
        writer.WriteZeros(4);
        writer.WriteUInt64(flow.Cookie.Value);
        writer.WriteUInt64(flow.PacketCount);
        writer.WriteUInt64(flow.ByteCount);
        MatchV13.Write(ref writer, flow.Match);
        InstructionsV13.Write(ref writer, flow.Actions, flow.Instructions);
    }

    private static FlowStatistics ReadFlow(ref WireReader reader)
    {
        WireReader rest = reader.ReadEntry(MatchAt, "ofp_flow_stats", WireFault.Request);
        rest.Skip(2, "ofp_flow_stats.length");
        var table = new TableId(rest.ReadUInt8("ofp_flow_stats.table_id"));
        rest.Skip(1, "ofp_flow_stats.pad");
        Duration duration = WireDuration.Read(ref rest);
        ushort priority = rest.ReadUInt16("ofp_flow_stats.priority");
        ushort idleTimeout = rest.ReadUInt16("ofp_flow_stats.idle_timeout");
        ushort hardTimeout = rest.ReadUInt16("ofp_flow_stats.hard_timeout");
        FlowModFlags flags = (FlowModFlags)(rest.ReadUInt16("ofp_flow_stats.flags") & FlagBits);
        rest.Skip(4, "ofp_flow_stats.pad2");
        var cookie = new Cookie(rest.ReadUInt64("ofp_flow_stats.cookie"));
        ulong packets = rest.ReadUInt64("ofp_flow_stats.packet_count");
        ulong bytes = rest.ReadUInt64("ofp_flow_stats.byte_count");
        Match match = MatchV13.Read(ref rest);
        InstructionsV13.Read(ref rest, out ActionList actions, out FlowInstructions instructions);
        return new FlowStatistics
        {
            Table = table,
            Match = match,
            Duration = duration,
            Priority = priority,
            IdleTimeoutSeconds = idleTimeout,
            HardTimeoutSeconds = hardTimeout,
            Flags = flags,
            Cookie = cookie,
            PacketCount = packets,
            ByteCount = bytes,
            Actions = actions,
            Instructions = instructions,
        };
    }
}
