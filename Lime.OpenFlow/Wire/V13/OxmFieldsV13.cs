using System.Buffers.Binary;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using static Lime.OpenFlow.Wire.V13.OxmPrerequisiteV13;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>The match fields of OpenFlow 1.3 as data (1.3.5 section 7.2.3.7, table 12).</summary>
/// <remarks>Ports and the fields of neighbour discovery are maskable here, which 1.5 allows and Open vSwitch sends in
/// 1.3 too.</remarks>
internal static class OxmFieldsV13
{
    /// <summary>By number, as the specification names them.</summary>
    private static readonly string[] Names =
    [
        "in_port", "in_phy_port", "metadata", "eth_dst", "eth_src", "eth_type", "vlan_vid", "vlan_pcp", "ip_dscp",
        "ip_ecn", "ip_proto", "ipv4_src", "ipv4_dst", "tcp_src", "tcp_dst", "udp_src", "udp_dst", "sctp_src",
        "sctp_dst",
        "icmpv4_type", "icmpv4_code", "arp_op", "arp_spa", "arp_tpa", "arp_sha", "arp_tha", "ipv6_src", "ipv6_dst",
        "ipv6_flabel", "icmpv6_type", "icmpv6_code", "ipv6_nd_target", "ipv6_nd_sll", "ipv6_nd_tll", "mpls_label",
        "mpls_tc", "mpls_bos", "pbb_isid", "tunnel_id", "ipv6_exthdr",
    ];

    /// <summary>By the prerequisite's number.</summary>
    private static readonly string[] NeedNames =
    [
        "nothing", "in_port", "vlan_vid of a tag", "eth_type 0x0800 or 0x86dd", "eth_type 0x0800", "eth_type 0x86dd",
        "eth_type 0x0806", "ip_proto 6", "ip_proto 17", "ip_proto 132", "ip_proto 1", "ip_proto 58",
        "icmpv6_type 135 or 136", "icmpv6_type 135", "icmpv6_type 136", "eth_type 0x8847 or 0x8848", "eth_type 0x88e7",
    ];

    public const int HeaderBytes = 4;
    public const int Count = (int)OxmId.Ipv6ExtensionHeaders + 1;

    /// <summary>By number.</summary>
    private static readonly OxmShapeV13[] Shapes =
    [
        new(4, 32, false, None), // in_port
        new(4, 32, false, InPort), // in_phy_port
        new(8, 64, true, None), // metadata
        new(6, 48, true, None), // eth_dst
        new(6, 48, true, None), // eth_src
        new(2, 16, false, None), // eth_type
        new(2, 13, true, None), // vlan_vid
        new(1, 3, false, VlanTag), // vlan_pcp
        new(1, 6, false, Ip), // ip_dscp
        new(1, 2, false, Ip), // ip_ecn
        new(1, 8, false, Ip), // ip_proto
        new(4, 32, true, Ipv4), // ipv4_src
        new(4, 32, true, Ipv4), // ipv4_dst
        new(2, 16, true, Tcp), // tcp_src
        new(2, 16, true, Tcp), // tcp_dst
        new(2, 16, true, Udp), // udp_src
        new(2, 16, true, Udp), // udp_dst
        new(2, 16, true, Sctp), // sctp_src
        new(2, 16, true, Sctp), // sctp_dst
        new(1, 8, false, Icmpv4), // icmpv4_type
        new(1, 8, false, Icmpv4), // icmpv4_code
        new(2, 16, false, Arp), // arp_op
        new(4, 32, true, Arp), // arp_spa
        new(4, 32, true, Arp), // arp_tpa
        new(6, 48, true, Arp), // arp_sha
        new(6, 48, true, Arp), // arp_tha
        new(16, 128, true, Ipv6), // ipv6_src
        new(16, 128, true, Ipv6), // ipv6_dst
        new(4, 20, true, Ipv6), // ipv6_flabel
        new(1, 8, false, Icmpv6), // icmpv6_type
        new(1, 8, false, Icmpv6), // icmpv6_code
        new(16, 128, true, NeighbourDiscovery), // ipv6_nd_target
        new(6, 48, true, NeighbourSolicitation), // ipv6_nd_sll
        new(6, 48, true, NeighbourAdvertisement), // ipv6_nd_tll
        new(4, 20, false, Mpls), // mpls_label
        new(1, 3, false, Mpls), // mpls_tc
        new(1, 1, false, Mpls), // mpls_bos
        new(3, 24, true, Pbb), // pbb_isid
        new(8, 64, true, None), // tunnel_id
        new(2, 9, true, Ipv6), // ipv6_exthdr
    ];

    public static ref readonly OxmShapeV13 ShapeOf(OxmId id) => ref Shapes[(int)id];

    /// <summary>The field that a TLV, or its header alone, is of; null if it isn't one of 1.3's own.</summary>
    public static OxmId? IdOf(ReadOnlySpan<byte> tlv)
    {
        bool isBasic = BinaryPrimitives.ReadUInt16BigEndian(tlv) == OxmField.BasicClass;
        int number = tlv[2] >> 1;
        return isBasic && number < Count ? (OxmId)number : null;
    }

    public static bool HasMask(ReadOnlySpan<byte> tlv) => (tlv[2] & 1) != 0;

    /// <summary>The next TLV, header included.</summary>
    /// <exception cref="OpenFlowProtocolException">It is longer than what is left (BAD_MATCH, BAD_LEN).</exception>
    public static ReadOnlySpan<byte> Take(ref WireReader reader)
    {
        int left = reader.RemainingBytes;
        if (left < HeaderBytes) throw BadMatch(ErrorCodes.MatchBadLength, reader.Offset, $"has {left} bytes");
        int bytes = HeaderBytes + reader.Ahead(HeaderBytes)[HeaderBytes - 1];
        if (bytes > left) throw BadMatch(ErrorCodes.MatchBadLength, reader.Offset, $"needs {bytes} bytes of {left}");
        return reader.ReadBytes(bytes, "oxm");
    }

    /// <summary>What is wrong with a TLV of field <paramref name="id"/> by itself: a code of BAD_MATCH, or
    /// null.</summary>
    public static ushort? FaultOf(ReadOnlySpan<byte> tlv, OxmId id)
    {
        ref readonly OxmShapeV13 shape = ref ShapeOf(id);
        bool hasMask = HasMask(tlv);
        int size = shape.ValueBytes;
        if (tlv.Length != HeaderBytes + (hasMask ? 2 * size : size)) return ErrorCodes.MatchBadLength;
        ReadOnlySpan<byte> value = tlv.Slice(HeaderBytes, size);
        if (size <= 8 && (ToNumber(value) & ~shape.Whole) != 0) return ErrorCodes.MatchBadValue;
        return hasMask ? MaskFaultOf(value, tlv[(HeaderBytes + size)..], shape) : null;
    }

    /// <summary>Whether a TLV of another class, or of a later version's field, can be taken apart.</summary>
    public static bool IsWellFormedUnknown(ReadOnlySpan<byte> tlv)
    {
        int payload = tlv.Length - HeaderBytes;
        bool isExperimenter = BinaryPrimitives.ReadUInt16BigEndian(tlv) == OxmField.ExperimenterClass;
        if (isExperimenter) payload -= sizeof(uint);
        return payload >= 0 && (!HasMask(tlv) || payload % 2 == 0);
    }

    /// <summary>Up to eight bytes as a number.</summary>
    public static ulong ToNumber(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        foreach (byte each in bytes) number = (number << 8) | each;
        return number;
    }

    /// <summary>The field's name, for messages; what enumerations print by themselves can cost more than a refusal
    /// may.</summary>
    public static string NameOf(OxmId id) => Names[(int)id];

    /// <summary>The name of what a field needs, for messages.</summary>
    public static string NameOf(OxmPrerequisiteV13 needs) => NeedNames[(int)needs];

    /// <summary>What is wrong with a field, for messages.</summary>
    public static string Describe(ushort fault, OxmId id, ReadOnlySpan<byte> tlv) => fault switch
    {
        ErrorCodes.MatchBadLength =>
            $"({NameOf(id)}) has a length of {tlv.Length - HeaderBytes}; its value has {ShapeOf(id).ValueBytes}",
        ErrorCodes.MatchBadValue => $"({NameOf(id)}) has a value of more than {ShapeOf(id).Bits} bits",
        ErrorCodes.MatchBadWildcards => $"({NameOf(id)}) has bits that its mask leaves out",
        ErrorCodes.MatchBadMask => $"({NameOf(id)}) has a mask, which it can't have",
        _ => $"({NameOf(id)}) is malformed",
    };

    public static OpenFlowProtocolException BadMatch(ushort code, int offset, string what) =>
        new(ErrorType.BadMatch, code, $"The match field at byte {offset} {what}.");

    /// <summary>A mask of ones is no mask, and one of zeros no field (1.3.5 section 7.2.3.5), even where a field can't
    /// be matched in part.</summary>
    private static ushort? MaskFaultOf(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask, in OxmShapeV13 shape)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if ((value[i] & ~mask[i]) != 0) return ErrorCodes.MatchBadWildcards;
        }
        if (shape.IsMaskable) return null;
        ulong bits = ToNumber(mask) & shape.Whole;
        return bits == 0 || bits == shape.Whole ? null : ErrorCodes.MatchBadMask;
    }
}
