using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Names of the match fields, as in 1.3's specification without their prefix OFPXMT_OFB_.</summary>
internal static class OxmNames
{
    /// <summary>By number.</summary>
    private static readonly string[] Names =
    [
        "in_port", "in_phy_port", "metadata", "eth_dst", "eth_src", "eth_type", "vlan_vid", "vlan_pcp", "ip_dscp",
        "ip_ecn", "ip_proto", "ipv4_src", "ipv4_dst", "tcp_src", "tcp_dst", "udp_src", "udp_dst", "sctp_src",
        "sctp_dst", "icmpv4_type", "icmpv4_code", "arp_op", "arp_spa", "arp_tpa", "arp_sha", "arp_tha", "ipv6_src",
        "ipv6_dst", "ipv6_flabel", "icmpv6_type", "icmpv6_code", "ipv6_nd_target", "ipv6_nd_sll", "ipv6_nd_tll",
        "mpls_label", "mpls_tc", "mpls_bos", "pbb_isid", "tunnel_id", "ipv6_exthdr",
    ];

    public static string Of(OxmId id) => Names[(byte)id];

    public static OxmId? Find(string name) =>
        Array.IndexOf(Names, name) is >= 0 and var number ? (OxmId)number : null;

    /// <summary>The name of a field by its header; class and number where it has none.</summary>
    public static string OfHeader(ReadOnlySpan<byte> header)
    {
        int oxmClass = (header[0] << 8) | header[1];
        int number = header[2] >> 1;
        bool isNamed = oxmClass == OxmField.BasicClass && number < Names.Length;
        return isNamed ? Names[number] : $"oxm(0x{oxmClass:x4},{number})";
    }

    /// <summary>The field, or null if the bytes aren't one.</summary>
    public static OxmField? FromBytes(ReadOnlySpan<byte> bytes)
    {
        const int HeaderBytes = 4;
        const int ExperimenterBytes = 4;
        if (bytes.Length < HeaderBytes || bytes[3] != bytes.Length - HeaderBytes) return null;
        bool isExperimenter = bytes[0] == 0xff && bytes[1] == 0xff;
        int payload = bytes[3] - (isExperimenter ? ExperimenterBytes : 0);
        bool hasMask = (bytes[2] & 1) != 0;
        return payload < 0 || (hasMask && payload % 2 != 0) ? null : OxmField.FromBytes(bytes);
    }
}
