using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Packet-outs (ofp_packet_out, OpenFlow 1.0.0 section 5.3.6).</summary>
/// <remarks><code>
///  8  buffer_id:32
/// 12  in_port:16   actions_len:16
/// 16  actions
///     data
/// </code></remarks>
internal static class PacketOutV10
{
    private const int ActionsAt = 16;

    public static int SizeOf(in PacketOut message)
    {
        PortNumberV10.Check(message.InPort, "PacketOut.InPort");
        return WireLimits.FrameBytes(ActionsAt + ActionListV10.SizeOf(message.Actions) + message.Data.Length);
    }

    public static void Write(ref WireWriter writer, in PacketOut message)
    {
        writer.WriteUInt32(message.BufferId.Value);
        PortNumberV10.Write(ref writer, message.InPort);
        writer.WriteUInt16((ushort)ActionListV10.SizeOf(message.Actions));
        ActionListV10.Write(ref writer, message.Actions);
        writer.WriteBytes(message.Data);
    }

    public static PacketOut Read(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.Skip(FrameHeader.SizeBytes, "ofp_header");
        var bufferId = new BufferId(reader.ReadUInt32("ofp_packet_out.buffer_id"));
        PortNumber inPort = PortNumberV10.Read(ref reader, "ofp_packet_out.in_port");
        int actionBytes = reader.ReadUInt16("ofp_packet_out.actions_len");
        WireReader actions = reader.ReadPart(actionBytes, "ofp_packet_out.actions");
        ActionList list = ActionListV10.Read(ref actions);
        ReadOnlySpan<byte> packet = frame[reader.Offset..];
        return new PacketOut { BufferId = bufferId, InPort = inPort, Actions = list, Data = packet };
    }
}
