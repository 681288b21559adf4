using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow;

namespace Lime.Tests.Reference.Comparison;

/// <summary>Makes frames out of few addresses and ports, so that rules made of the same collide on them.</summary>
internal sealed class GeneratedFrames(Random random, OpenFlowVersion version)
{
    private const ulong Broadcast = 0xffff_ffff_ffff;

    public static readonly ulong[] Macs = [0x0200_0000_0a01, 0x0200_0000_0a02, 0x0200_0000_0b01];

    public static readonly uint[] Addresses = [0x0a00_0001, 0x0a00_0002, 0x0a00_0101];

    public static readonly ushort[] Ports = [80, 1000, 2000];

    public static readonly ushort[] VlanIds = [10, 20];

    /// <summary>Type of service: none, assured forwarding 11 and 12.</summary>
    public static readonly byte[] Services = [0, 10 << 2, 12 << 2];

    public T One<T>(params T[] choices) => choices[random.Next(choices.Length)];

    public bool Chance(double probability) => random.NextDouble() < probability;

    public ImmutableArray<byte> Next()
    {
        byte[] payload = random.Next(10) switch
        {
            0 or 1 => Ethernet(0x0806, Arp()),
            2 when version != OpenFlowVersion.V10 => Ethernet(0x86dd, Ipv6()),
            3 => Ethernet(0x88b5, new byte[46 + random.Next(9)]),
            _ => Ethernet(0x0800, Ipv4()),
        };
        return [.. payload];
    }

    private byte[] Ethernet(ushort type, byte[] payload)
    {
        List<byte> frame = [.. Bytes(Chance(0.1) ? Broadcast : One(Macs), 6), .. Bytes(One(Macs), 6)];
        int priority = One(0, 0, 3);
        if (Chance(0.35)) frame.AddRange([.. Bytes(0x8100, 2), .. Bytes((ulong)((priority << 13) | One(VlanIds)), 2)]);
        // The shortest frame has 60 bytes without its checksum.
        int padding = Math.Max(0, 46 - payload.Length);
        return [.. frame, .. Bytes(type, 2), .. payload, .. new byte[padding]];
    }

    private byte[] Arp() =>
    [
        .. Bytes(0x0001_0800_0604, 6), .. Bytes(One<ushort>(1, 2), 2),
        .. Bytes(One(Macs), 6), .. Bytes(One(Addresses), 4), .. Bytes(One(Macs), 6), .. Bytes(One(Addresses), 4),
    ];

    private byte[] Ipv4()
    {
        byte protocol = One<byte>(6, 17, 17, 1, 132);
        byte[] source = Bytes(One(Addresses), 4), destination = Bytes(One(Addresses), 4);
        byte[] pseudo = [.. source, .. destination, 0, protocol];
        byte[] segment = Segment(protocol, pseudo);
        // A first fragment, which has its ports, and a later one, which has none.
        ushort fragment = Chance(0.07) ? One<ushort>(0x2000, 0x0004) : (ushort)0;
        byte[] header =
        [
            0x45, (byte)(One(Services) | One(0, 0, 1)), .. Bytes((ulong)(20 + segment.Length), 2),
            .. Bytes((ulong)random.Next(0x10000), 2), .. Bytes(fragment, 2), One<byte>(64, 64, 2, 1), protocol,
            0, 0, .. source, .. destination,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum(header));
        return [.. header, .. segment];
    }

    private byte[] Ipv6()
    {
        byte protocol = One<byte>(6, 17, 58);
        byte[] source = Bytes(0x2001_0db8_0000_0000, 8), destination = Bytes(0x2001_0db8_0000_0000, 8);
        source = [.. source, .. Bytes(One(Addresses), 8)];
        destination = [.. destination, .. Bytes(One(Addresses), 8)];
        byte[] segment = Segment(protocol, [.. source, .. destination, 0, protocol]);
        uint first = 0x6000_0000 | ((uint)One(Services) << 20) | One<uint>(0, 5);
        return
        [
            .. Bytes(first, 4), .. Bytes((ulong)segment.Length, 2), protocol, One<byte>(64, 64, 2, 1),
            .. source, .. destination, .. segment,
        ];
    }

    private byte[] Segment(byte protocol, byte[] pseudo)
    {
        byte[] payload = new byte[1 + random.Next(40)];
        random.NextBytes(payload);
        byte[] ports = [.. Bytes(One(Ports), 2), .. Bytes(One(Ports), 2)];
        (byte[] segment, int at) = protocol switch
        {
            6 => ([.. ports, .. new byte[8], 0x50, 0x10, .. new byte[6], .. payload], 16),
            17 => ([.. ports, .. Bytes((ulong)(8 + payload.Length), 2), 0, 0, .. payload], 6),
            132 => ([.. ports, .. new byte[8], .. payload], -1),
            _ => ((byte[])[One<byte>(8, 0), 0, 0, 0, 0, 1, 0, 1, .. payload], 2),
        };
        // A datagram may do without its checksum over IPv4 (RFC 768).
        bool hasNone = at < 0 || (protocol == 17 && pseudo.Length == 10 && Chance(0.2));
        if (hasNone) return segment;
        byte[] covered = protocol == 1 ? segment : [.. pseudo, .. Bytes((ulong)segment.Length, 2), .. segment];
        ushort checksum = Checksum(covered);
        if (protocol == 17 && checksum == 0) checksum = 0xffff;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(at), checksum);
        return segment;
    }

    private static ushort Checksum(byte[] bytes)
    {
        long sum = 0;
        for (int i = 0; i < bytes.Length; i++) sum += bytes[i] << (i % 2 == 0 ? 8 : 0);
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }

    private static byte[] Bytes(ulong value, int count)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes[^count..];
    }
}
