using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Checking;

/// <summary>UDP over IPv4 over Ethernet with a <see cref="PacketMark"/> at its end, between hosts that have
/// numbers.</summary>
internal static class MarkedFrame
{
    private const int Ethernet = 14;
    private const int Ip = 20;
    private const int Udp = 8;
    private const int Filling = 18;

    /// <summary>The number that stands for all hosts.</summary>
    public const uint Everybody = uint.MaxValue;

    public const int Bytes = Ethernet + Ip + Udp + Filling + PacketMark.Bytes;

    public static MacAddress MacOf(uint host) =>
        host == Everybody ? MacAddress.Broadcast : new MacAddress(0x0200_0000_0000UL | host);

    public static Ipv4Address IpOf(uint host) => new(host == Everybody ? uint.MaxValue : 0x0a00_0000 | host);

    /// <summary>A packet of one host to another, or to everybody.</summary>
    public static byte[] Udp4(uint from, uint to, uint id, ushort sourcePort = 1000, ushort destinationPort = 2000)
    {
        var frame = new byte[Bytes];
        BinaryPrimitives.WriteUInt64BigEndian(frame, MacOf(to).Value << 16);
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(6), MacOf(from).Value << 16);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);
        Span<byte> ip = frame.AsSpan(Ethernet);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], Bytes - Ethernet);
        ip[8] = 64;
        ip[9] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], IpOf(from).Value);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], IpOf(to).Value);
        WriteChecksum(ip);
        Span<byte> udp = ip[Ip..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], destinationPort);
        // Without a checksum, which UDP over IPv4 need not have (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], Udp + Filling + PacketMark.Bytes);
        PacketMark.Write(udp[(Udp + Filling)..], id);
        return frame;
    }

    /// <summary>The same packet as a rule leaves it that sets the type of service.</summary>
    public static byte[] WithTos(byte[] frame, byte tos)
    {
        byte[] copy = [.. frame];
        copy[Ethernet + 1] = tos;
        WriteChecksum(copy.AsSpan(Ethernet));
        return copy;
    }

    /// <summary>The same packet as a bucket leaves it that sets the source port.</summary>
    public static byte[] WithSourcePort(byte[] frame, ushort port)
    {
        byte[] copy = [.. frame];
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(Ethernet + Ip), port);
        return copy;
    }

    /// <summary>The number of the host that sent it.</summary>
    public static uint SourceOf(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt32BigEndian(frame[(Ethernet + 12)..]) & 0xffff;

    public static ushort DestinationPortOf(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt16BigEndian(frame[(Ethernet + Ip + 2)..]);

    public static ushort SourcePortOf(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadUInt16BigEndian(frame[(Ethernet + Ip)..]);

    /// <summary>What is the same for all packets of a flow, whatever rules have marked them with.</summary>
    public static string FlowOf(ReadOnlySpan<byte> frame) => Convert.ToHexString(frame.Slice(Ethernet + 12, 8))
        + Convert.ToHexString(frame.Slice(Ethernet + Ip + 2, 2));

    private static void WriteChecksum(Span<byte> ip)
    {
        ip[10..12].Clear();
        uint sum = 0;
        for (int i = 0; i < Ip; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(ip[i..]);
        while (sum > ushort.MaxValue) sum = (sum & 0xffff) + (sum >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], (ushort)~sum);
    }
}
