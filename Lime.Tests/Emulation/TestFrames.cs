using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.Emulation;

/// <summary>Frames written out byte by byte, with checksums computed another way than the emulation
/// does.</summary>
internal static class TestFrames
{
    public static readonly MacAddress MacA = MacAddress.Parse("02:00:00:00:00:0a");
    public static readonly MacAddress MacB = MacAddress.Parse("02:00:00:00:00:0b");
    public static readonly Ipv4Address IpA = Ipv4Address.Parse("10.0.0.1");
    public static readonly Ipv4Address IpB = Ipv4Address.Parse("10.0.0.2");

    public static byte[] Udp(ushort source = 1000, ushort destination = 2000, string payload = "hello") =>
        Transport(17, UdpSegment(source, destination, System.Text.Encoding.ASCII.GetBytes(payload)),
            checksumAt: 6);

    public static byte[] Tcp(ushort source = 1000, ushort destination = 80)
    {
        var segment = new byte[23];
        BinaryPrimitives.WriteUInt16BigEndian(segment, source);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destination);
        segment[12] = 0x50;
        segment[20] = 0xab;
        return Transport(6, segment, checksumAt: 16);
    }

    /// <summary>The same frame with an 802.1Q tag.</summary>
    public static byte[] Tagged(byte[] frame, int vlanId, int priority) =>
        [.. frame[..12], 0x81, 0x00, (byte)((priority << 5) | (vlanId >> 8)), (byte)vlanId, .. frame[12..]];

    /// <summary>UDP over IPv6, from ::a to ::b.</summary>
    public static byte[] Ipv6Udp()
    {
        byte[] segment = UdpSegment(1000, 2000, [1, 2, 3]);
        var header = new byte[40];
        header[0] = 0x60;
        header[5] = (byte)segment.Length;
        header[6] = 17;
        header[7] = 64;
        header[23] = 0xa;
        header[39] = 0xb;
        int sum = (Sum(segment) + Sum(header.AsSpan(8, 32)) + 17 + segment.Length) % 65_535;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(6), (ushort)(65_535 - sum));
        return [.. Ethernet(0x86dd), .. header, .. segment];
    }

    /// <summary>A request for <see cref="IpB"/> by <see cref="IpA"/>.</summary>
    public static byte[] Arp()
    {
        var arp = new byte[28];
        BinaryPrimitives.WriteUInt64BigEndian(arp, 0x0001_0800_0604_0001);
        MacA.Write(arp.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(arp.AsSpan(14), IpA.Value);
        BinaryPrimitives.WriteUInt32BigEndian(arp.AsSpan(24), IpB.Value);
        return [.. Ethernet(0x0806), .. arp];
    }

    /// <summary>The same packet behind one label, with a time to live of 64.</summary>
    public static byte[] Mpls(byte[] frame, uint label)
    {
        var shim = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(shim, (label << 12) | 0x140);
        return [.. frame[..12], 0x88, 0x47, .. shim, .. frame[14..]];
    }

    /// <summary>Whether UDP over IPv6 without extension headers sums up to zero.</summary>
    public static bool HasRightIpv6Checksum(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> packet = frame[14..];
        ReadOnlySpan<byte> segment = packet[40..];
        return (Sum(segment) + Sum(packet[8..40]) + packet[6] + segment.Length) % 65_535 == 0;
    }

    /// <summary>The one's complement sum of 16-bit words as RFC 1071 defines it: arithmetic modulo
    /// 65,535.</summary>
    public static int Sum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        for (int i = 0; i < bytes.Length; i++) sum = (sum + (bytes[i] * (i % 2 == 0 ? 256 : 1))) % 65_535;
        return sum;
    }

    /// <summary>Whether the IPv4 header and the UDP, TCP or ICMP segment behind it sum up to zero.</summary>
    public static bool HasRightChecksums(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> packet = frame[(frame[12] == 0x81 ? 18 : 14)..];
        ReadOnlySpan<byte> segment = packet[20..];
        int pseudo = packet[9] == 1 ? 0 : Sum(packet[12..20]) + packet[9] + segment.Length;
        return Sum(packet[..20]) == 0 && (Sum(segment) + pseudo) % 65_535 == 0;
    }

    private static byte[] UdpSegment(ushort source, ushort destination, byte[] payload)
    {
        var segment = new byte[8 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, source);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destination);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(4), (ushort)segment.Length);
        payload.CopyTo(segment, 8);
        return segment;
    }

    private static byte[] Transport(byte protocol, byte[] segment, int checksumAt)
    {
        var header = new byte[20];
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(20 + segment.Length));
        header[8] = 64;
        header[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), IpA.Value);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), IpB.Value);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)(65_535 - Sum(header)));
        int sum = (Sum(segment) + Sum(header.AsSpan(12, 8)) + protocol + segment.Length) % 65_535;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(checksumAt), (ushort)(65_535 - sum));
        return [.. Ethernet(0x0800), .. header, .. segment];
    }

    public static byte[] Ethernet(ushort type)
    {
        var header = new byte[14];
        MacB.Write(header);
        MacA.Write(header.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12), type);
        return header;
    }
}
