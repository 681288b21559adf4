using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Packet-outs (ofp_packet_out, OpenFlow 1.3.5 section 7.3.7).</summary>
/// <remarks><code>
///  8  buffer_id:32
/// 12  in_port:32
/// 16  actions_len:16   pad:48
/// 24  actions
///     data
/// </code></remarks>
internal static class PacketOutV13
{
    private const int ActionsAt = 24;

    public static int SizeOf(in PacketOut message) =>
        WireLimits.FrameBytes(ActionsAt + ActionListV13.SizeOf(message.Actions) + message.Data.Length);

    public static void Write(ref WireWriter writer, in PacketOut message)
    {
        writer.WriteUInt32(message.BufferId.Value);
        writer.WriteUInt32(message.InPort.Value);
        writer.WriteUInt16((ushort)ActionListV13.SizeOf(message.Actions));
        writer.WriteZeros(6);
        ActionListV13.Write(ref writer, message.Actions);
        writer.WriteBytes(message.Data);
    }

    public static PacketOut Read(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.Skip(FrameHeader.SizeBytes, "ofp_header");
        var bufferId = new BufferId(reader.ReadUInt32("ofp_packet_out.buffer_id"));
        var inPort = new PortNumber(reader.ReadUInt32("ofp_packet_out.in_port"));
        int actionBytes = reader.ReadUInt16("ofp_packet_out.actions_len");
        reader.Skip(6, "ofp_packet_out.pad");
        WireReader actions = reader.ReadPart(actionBytes, "ofp_packet_out.actions");
        ActionList list = ActionListV13.Read(ref actions);
        ReadOnlySpan<byte> packet = frame[reader.Offset..];
        return new PacketOut { BufferId = bufferId, InPort = inPort, Actions = list, Data = packet };
    }
}
