using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Matching;

/// <summary>Reads the header fields that rules match on from an Ethernet frame (OpenFlow 1.0.0 section 3.4,
/// figure 4).</summary>
/// <remarks>Pure; allocates nothing. A frame that ends early yields the fields read so far, the others
/// zero.</remarks>
public static class PacketParser
{
    private const ushort EthTypeVlan = 0x8100;
    private const ushort EthTypeIpv4 = 0x0800;
    private const ushort EthTypeArp = 0x0806;
    private const ushort EthTypeIpv6 = 0x86dd;

    /// <summary>Extension headers looked through at most; IPv6 (RFC 8200 section 4.1) recommends each to occur
    /// once.</summary>
    private const int ExtensionHeadersMax = 8;

    /// <summary>Below this the type field is an 802.3 length (IEEE 802.3 clause 3.2.6).</summary>
    private const ushort EthTypeMin = 0x0600;

    /// <summary>What OpenFlow 1.0 calls the type of an 802.3 frame without a SNAP header.</summary>
    private const ushort EthTypeNone = 0x05ff;

    /// <summary>The fields of <paramref name="frame"/>, as received by <paramref name="inPort"/>.</summary>
    public static PacketFields Parse(PortNumber inPort, ReadOnlySpan<byte> frame)
    {
        ulong w0 = (ulong)inPort.Value << 32;
        if (frame.Length < 14) return new PacketFields(w0, 0, 0, 0, 0);
        ulong w2 = (BinaryPrimitives.ReadUInt64BigEndian(frame) >> 16) << 16;
        ulong w1 = BinaryPrimitives.ReadUInt64BigEndian(frame[6..]) & 0xffff_ffff_ffff_0000;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        ReadOnlySpan<byte> rest = frame[14..];
        if (type == EthTypeVlan && rest.Length >= 4)
        {
            ushort tag = BinaryPrimitives.ReadUInt16BigEndian(rest);
            w0 |= (uint)(tag & 0xfff) | PacketFields.VlanPresent;
            w1 |= (ulong)(tag >> 13) << 8;
            type = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            rest = rest[4..];
        }
        if (type < EthTypeMin) type = SnapType(ref rest);
        w0 |= (ulong)type << 16;
        var fields = new PacketFields(w0, w1, w2, 0, 0);
        return type switch
        {
            EthTypeIpv4 => WithIpv4(fields, rest),
            EthTypeArp => WithArp(fields, rest),
            EthTypeIpv6 => WithIpv6(fields, rest),
            _ => fields,
        };
    }

    private static ushort SnapType(ref ReadOnlySpan<byte> rest)
    {
        bool isSnap = rest.Length >= 8 && rest[..6].SequenceEqual((ReadOnlySpan<byte>)[0xaa, 0xaa, 3, 0, 0, 0]);
        if (!isSnap) return EthTypeNone;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]);
        rest = rest[8..];
        return type;
    }

    private static PacketFields WithIpv4(PacketFields fields, ReadOnlySpan<byte> header)
    {
        if (header.Length < 20) return fields;
        int headerBytes = (header[0] & 15) * 4;
        byte protocol = header[9];
        ulong w4 = 0;
        bool isFirstFragment = (BinaryPrimitives.ReadUInt16BigEndian(header[6..]) & 0x1fff) == 0;
        if (isFirstFragment && headerBytes >= 20 && header.Length >= headerBytes + 4)
            w4 = TransportWord(protocol, header[headerBytes..]);
        return new PacketFields(fields.W0, fields.W1 | protocol, fields.W2 | ((ulong)header[1] << 8),
            BinaryPrimitives.ReadUInt64BigEndian(header[12..]), w4);
    }

    /// <summary>Type of service, protocol and ports; the addresses are further fields.</summary>
    private static PacketFields WithIpv6(PacketFields fields, ReadOnlySpan<byte> header)
    {
        if (header.Length < 40) return fields;
        ulong tos = (uint)BinaryPrimitives.ReadUInt16BigEndian(header) >> 4 & 0xff;
        byte protocol = header[6];
        ReadOnlySpan<byte> rest = header[40..];
        bool isFirstFragment = true;
        for (int i = 0; i < ExtensionHeadersMax && protocol is 0 or 43 or 44 or 60; i++)
        {
            if (rest.Length < 8) break;
            if (protocol == 44) isFirstFragment &= (BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) & 0xfff8) == 0;
            int bytes = protocol == 44 ? 8 : (rest[1] + 1) * 8;
            protocol = rest[0];
            rest = rest[Math.Min(bytes, rest.Length)..];
        }
        ulong w4 = isFirstFragment && rest.Length >= 4 ? TransportWord(protocol, rest) : 0;
        return fields with { W1 = fields.W1 | protocol, W2 = fields.W2 | (tos << 8), W4 = w4 };
    }

    private static ulong TransportWord(byte protocol, ReadOnlySpan<byte> header) => protocol switch
    {
        6 or 17 or 132 => (ulong)BinaryPrimitives.ReadUInt32BigEndian(header) << 32,
        1 or 58 => ((ulong)header[0] << 48) | ((ulong)header[1] << 32),
        _ => 0,
    };

    private static PacketFields WithArp(PacketFields fields, ReadOnlySpan<byte> arp)
    {
        bool isIpv4OverEthernet = arp.Length >= 28
            && BinaryPrimitives.ReadUInt64BigEndian(arp) >> 16 == 0x0001_0800_0604;
        if (!isIpv4OverEthernet) return fields;
        ulong addresses = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(arp[14..]) << 32)
            | BinaryPrimitives.ReadUInt32BigEndian(arp[24..]);
        // An opcode over 255 has no place in the key; nobody has assigned one.
        byte opcode = arp[6] == 0 ? arp[7] : (byte)0;
        return fields with { W1 = fields.W1 | opcode, W3 = addresses };
    }
}
