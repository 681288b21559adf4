using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Flow-removeds (ofp_flow_removed, OpenFlow 1.3.5 section 7.4.2).</summary>
/// <remarks><code>
///  8  cookie:64
/// 16  priority:16   reason:8   table_id:8
/// 20  duration_sec:32
/// 24  duration_nsec:32
/// 28  idle_timeout:16   hard_timeout:16
/// 32  packet_count:64
/// 40  byte_count:64
/// 48  match, padded to a multiple of 8
/// </code>
/// A reason that 1.3 does not define is passed on.</remarks>
internal static class FlowRemovedV13
{
    private const int MatchAt = 48;

    public static int SizeOf(FlowRemoved message) =>
        WireLimits.FrameBytes((long)MatchAt + MatchV13.SizeOf(message.Match));

    public static void Write(ref WireWriter writer, FlowRemoved message)
    {
        writer.WriteUInt64(message.Cookie.Value);
        writer.WriteUInt16(message.Priority);
        writer.WriteUInt8((byte)message.Reason);
        writer.WriteUInt8(message.Table.Value);
        WireDuration.Write(ref writer, message.Duration);
        writer.WriteUInt16(message.IdleTimeoutSeconds);
        writer.WriteUInt16(message.HardTimeoutSeconds);
        writer.WriteUInt64(message.PacketCount);
        writer.WriteUInt64(message.ByteCount);
        MatchV13.Write(ref writer, message.Match);
    }

    public static FlowRemoved Read(ref WireReader reader)
    {
        var cookie = new Cookie(reader.ReadUInt64("ofp_flow_removed.cookie"));
        ushort priority = reader.ReadUInt16("ofp_flow_removed.priority");
        var reason = (FlowRemovedReason)reader.ReadUInt8("ofp_flow_removed.reason");
        var table = new TableId(reader.ReadUInt8("ofp_flow_removed.table_id"));
        Duration duration = WireDuration.Read(ref reader);
        ushort idleTimeout = reader.ReadUInt16("ofp_flow_removed.idle_timeout");
        ushort hardTimeout = reader.ReadUInt16("ofp_flow_removed.hard_timeout");
        ulong packets = reader.ReadUInt64("ofp_flow_removed.packet_count");
        ulong bytes = reader.ReadUInt64("ofp_flow_removed.byte_count");
        Match match = MatchV13.Read(ref reader);
        return new FlowRemoved(match, cookie, priority, reason, duration, idleTimeout, packets, bytes)
        {
            Table = table,
            HardTimeoutSeconds = hardTimeout,
        };
    }
}
