using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Flow-removeds (ofp_flow_removed, OpenFlow 1.0.0 section 5.4.2).</summary>
/// <remarks><code>
///  8  match:320
/// 48  cookie:64
/// 56  priority:16   reason:8   pad:8
/// 60  duration_sec:32
/// 64  duration_nsec:32
/// 68  idle_timeout:16   pad:16
/// 72  packet_count:64
/// 80  byte_count:64
/// </code>
/// A reason that 1.0 does not define is passed on.</remarks>
internal static class FlowRemovedV10
{
    private const int SizeBytes = 88;

    public static int SizeOf(FlowRemoved message)
    {
        MatchV10.Check(message.Match);
        if (message.Table != default) throw LimitsV10.Unsupported("FlowRemoved.Table");
        return SizeBytes;
    }

    public static void Write(ref WireWriter writer, FlowRemoved message)
    {
        MatchV10.Write(ref writer, message.Match);
        writer.WriteUInt64(message.Cookie.Value);
        writer.WriteUInt16(message.Priority);
        writer.WriteUInt8((byte)message.Reason);
        writer.WriteZeros(1);
        WireDuration.Write(ref writer, message.Duration);
        writer.WriteUInt16(message.IdleTimeoutSeconds);
        writer.WriteZeros(2);
        writer.WriteUInt64(message.PacketCount);
        writer.WriteUInt64(message.ByteCount);
    }

    public static FlowRemoved Read(ref WireReader reader)
    {
        Match match = MatchV10.Read(ref reader);
        var cookie = new Cookie(reader.ReadUInt64("ofp_flow_removed.cookie"));
        ushort priority = reader.ReadUInt16("ofp_flow_removed.priority");
        var reason = (FlowRemovedReason)reader.ReadUInt8("ofp_flow_removed.reason");
        reader.Skip(1, "ofp_flow_removed.pad");
        Duration duration = WireDuration.Read(ref reader);
        ushort idleTimeout = reader.ReadUInt16("ofp_flow_removed.idle_timeout");
        reader.Skip(2, "ofp_flow_removed.pad2");
        ulong packets = reader.ReadUInt64("ofp_flow_removed.packet_count");
        ulong bytes = reader.ReadUInt64("ofp_flow_removed.byte_count");
        return new FlowRemoved(match, cookie, priority, reason, duration, idleTimeout, packets, bytes);
    }
}
