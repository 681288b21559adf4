using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Emulation.Frames;

/// <summary>ARP for IPv4 over Ethernet (RFC 826).</summary>
/// <remarks>
/// <code>
/// ethernet:14  hardware:16=1  protocol:16=0x0800  sizes:8=6,8=4  opcode:16
/// sender mac:48  sender ip:32  target mac:48  target ip:32
/// </code>
/// </remarks>
internal readonly record struct ArpFrame(
    ushort Opcode, MacAddress SenderMac, Ipv4Address SenderIp, MacAddress TargetMac, Ipv4Address TargetIp)
{
    public const ushort Request = 1;
    public const ushort Reply = 2;

    private const int Bytes = 42;
    private const ulong Ipv4OverEthernet = 0x0001_0800_0604;

    public static ArpFrame? Read(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Bytes) return null;
        if (BinaryPrimitives.ReadUInt64BigEndian(frame[14..]) >> 16 != Ipv4OverEthernet) return null;
        return new ArpFrame(
            BinaryPrimitives.ReadUInt16BigEndian(frame[20..]),
            MacAddress.Read(frame[22..]),
            new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(frame[28..])),
            MacAddress.Read(frame[32..]),
            new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(frame[38..])));
    }

    public byte[] Write(MacAddress ethDestination)
    {
        var frame = new byte[Bytes];
        ethDestination.Write(frame);
        SenderMac.Write(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), FrameLayout.Arp);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(14), (Ipv4OverEthernet << 16) | Opcode);
        SenderMac.Write(frame.AsSpan(22));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(28), SenderIp.Value);
        TargetMac.Write(frame.AsSpan(32));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(38), TargetIp.Value);
        return frame;
    }
}
