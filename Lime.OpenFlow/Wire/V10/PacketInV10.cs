using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Packet-ins (ofp_packet_in, OpenFlow 1.0.0 section 5.4.1).</summary>
/// <remarks><code>
///  8  buffer_id:32
/// 12  total_len:16   in_port:16
/// 16  reason:8       pad:8
/// 18  data
/// </code>
/// The struct's size is 20 in C, but the data starts at 18. A reason that 1.0 does not define is passed
/// on.</remarks>
internal static class PacketInV10
{
    private const int InPortAt = 14;
    private const int DataAt = 18;

    public static int SizeOf(in PacketIn message)
    {
        PortNumberV10.Check(message.InPort, "PacketIn.InPort");
        return WireLimits.FrameBytes((long)DataAt + message.Data.Length);
    }

    public static void Write(ref WireWriter writer, in PacketIn message)
    {
        writer.WriteUInt32(message.BufferId.Value);
        writer.WriteUInt16(message.TotalBytes);
        PortNumberV10.Write(ref writer, message.InPort);
        writer.WriteUInt8((byte)message.Reason);
        writer.WriteZeros(1);
        writer.WriteBytes(message.Data);
    }

    /// <summary>Reads the whole frame: one length check, then loads at fixed offsets, as this is the
    /// hottest message.</summary>
    public static PacketIn Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < DataAt) throw TooShort(frame.Length);
        ushort inPort = BinaryPrimitives.ReadUInt16BigEndian(frame[InPortAt..]);
        return new PacketIn
        {
            BufferId = new BufferId(BinaryPrimitives.ReadUInt32BigEndian(frame[8..])),
            TotalBytes = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]),
            InPort = PortNumberV10.Widen(inPort),
            Reason = (PacketInReason)frame[16],
            Data = frame[DataAt..],
        };
    }

    private static OpenFlowProtocolException TooShort(int bytes) =>
        WireReader.BadLength($"ofp_packet_in has {bytes} bytes; its data starts at byte {DataAt}.");
}
