using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Packet-ins (ofp_packet_in, OpenFlow 1.3.5 section 7.4.1).</summary>
/// <remarks><code>
///  8  buffer_id:32
/// 12  total_len:16   reason:8   table_id:8
/// 16  cookie:64
/// 24  match, padded to a multiple of 8
///     pad:16
///     data
/// </code>
/// A reason that 1.3 does not define is passed on. The match is kept as it came, its fields in their order; an ingress
/// port is written where the fields have one, and before them where they don't.</remarks>
internal static class PacketInV13
{
    private const int MatchAt = 24;
    private const int FieldsAt = 28;
    private const int PadBytes = 2;

    /// <summary>The usual match: type and length, then the header of in_port, which ends it.</summary>
    private const ulong InPortOnly = 0x0001_000c_8000_0004;

    private const int InPortOnlyBytes = 8;
    private const int InPortOnlyDataAt = 42;

    public static int SizeOf(in PacketIn message) => WireLimits.FrameBytes(
        (long)MatchAt + MatchV13.Padded(MatchBytes(message)) + PadBytes + message.Data.Length);

    public static void Write(ref WireWriter writer, in PacketIn message)
    {
        writer.WriteUInt32(message.BufferId.Value);
        writer.WriteUInt16(message.TotalBytes);
        writer.WriteUInt8((byte)message.Reason);
        writer.WriteUInt8(message.Table.Value);
        writer.WriteUInt64(message.Cookie.Value);
        WriteMatch(ref writer, message);
        writer.WriteZeros(PadBytes);
        writer.WriteBytes(message.Data);
    }

    /// <summary>Reads the whole frame. Where the match is the ingress port alone, as all but rare ones are, that is one
    /// length check and loads at fixed offsets: this is the hottest message.</summary>
    public static PacketIn Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < InPortOnlyDataAt || BinaryPrimitives.ReadUInt64BigEndian(frame[MatchAt..]) != InPortOnly)
            return ReadAny(frame);
        return new PacketIn
        {
            BufferId = new BufferId(BinaryPrimitives.ReadUInt32BigEndian(frame[8..])),
            TotalBytes = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]),
            Reason = (PacketInReason)frame[14],
            Table = new TableId(frame[15]),
            Cookie = new Cookie(BinaryPrimitives.ReadUInt64BigEndian(frame[16..])),
            InPort = new PortNumber(BinaryPrimitives.ReadUInt32BigEndian(frame[32..])),
            MatchFields = frame.Slice(FieldsAt, InPortOnlyBytes),
            Data = frame[InPortOnlyDataAt..],
        };
    }

    private static PacketIn ReadAny(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.Skip(FrameHeader.SizeBytes, "ofp_header");
        var bufferId = new BufferId(reader.ReadUInt32("ofp_packet_in.buffer_id"));
        ushort total = reader.ReadUInt16("ofp_packet_in.total_len");
        var reason = (PacketInReason)reader.ReadUInt8("ofp_packet_in.reason");
        var table = new TableId(reader.ReadUInt8("ofp_packet_in.table_id"));
        var cookie = new Cookie(reader.ReadUInt64("ofp_packet_in.cookie"));
        WireReader fields = MatchV13.ReadFields(ref reader);
        int fieldBytes = fields.RemainingBytes;
        uint? inPort = PacketFieldsV13.FindInPort(fields);
        reader.Skip(PadBytes, "ofp_packet_in.pad");
        return new PacketIn
        {
            BufferId = bufferId,
            TotalBytes = total,
            Reason = reason,
            Table = table,
            Cookie = cookie,
            InPort = inPort is { } port ? new PortNumber(port) : PortNumber.Any,
            MatchFields = frame.Slice(FieldsAt, fieldBytes),
            Data = frame[reader.Offset..],
        };
    }

    private static int MatchBytes(in PacketIn message)
    {
        ReadOnlySpan<byte> fields = message.MatchFields;
        int bytes = FieldsAt - MatchAt + fields.Length;
        return AddsInPort(message) ? bytes + PacketFieldsV13.InPortBytes : bytes;
    }

    /// <summary>Whether there is an ingress port to put before the fields.</summary>
    private static bool AddsInPort(in PacketIn message) =>
        PacketFieldsV13.FindInPort(new WireReader(message.MatchFields)) is null && message.InPort != PortNumber.Any;

    private static void WriteMatch(ref WireWriter writer, in PacketIn message)
    {
        int length = MatchBytes(message);
        writer.WriteUInt16(MatchV13.OxmType);
        writer.WriteUInt16((ushort)length);
        if (AddsInPort(message)) PacketFieldsV13.WriteInPort(ref writer, message.InPort);
        PacketFieldsV13.Write(ref writer, message.MatchFields, message.InPort);
        writer.WriteZeros(MatchV13.Padded(length) - length);
    }
}
