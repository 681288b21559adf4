using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire.V13;

/// <summary>Every match field that has no place among the packet's usual fields, with and without a mask, and fields
/// that this library doesn't know.</summary>
internal static class FurtherMatchVectorsV13
{
    private const string Ipv6Type = "80000a02 86dd";
    private const string Address = "20010db8 00000000 00000000 00000001";
    private const string Icmpv6Type = "80000a02 86dd 80001401 3a";

    private static Match Ipv6 { get; } = Match.Any.WithEthType(0x86dd);

    private static Match Arp { get; } = Match.Any.WithEthType(0x0806);

    private static Match Icmpv6 { get; } = Ipv6.WithIpProtocol(58);

    public static IEnumerable<WireVector> All =>
    [
        Vector("in_phy_port", "80000004 00000001", "80000204 00000007", Match.Any.WithInPort(new(1)),
            isSpoken: false),
        Vector("metadata", "", "80000408 0000001234567890", Match.Any),
        Vector("metadata under a mask", "", "80000510 0000000000000012 00000000000000ff", Match.Any),
        Vector("an ARP opcode over 255", "80000a02 0806", "80002a02 0100", Arp, isSpoken: false),
        Vector("arp_sha", "80000a02 0806", "80003006 0a0000000001", Arp),
        Vector("arp_sha under a mask", "80000a02 0806", "8000310c 0a0000000000 ff0000000000", Arp),
        Vector("arp_tha", "80000a02 0806", "80003206 0a0000000002", Arp),
        Vector("arp_tha under a mask", "80000a02 0806", "8000330c 0a0000000000 ff0000000000", Arp),
        Vector("arp_op and arp_spa of RARP", "80000a02 8035", "80002a02 0003 80002c04 0a000001",
            Match.Any.WithEthType(0x8035)),
        Vector("ipv6_src", Ipv6Type, $"80003410 {Address}", Ipv6),
        Vector("a prefix of ipv6_src", Ipv6Type, "80003520 20010db8(00*12) ffffffff(00*12)", Ipv6),
        Vector("ipv6_dst", Ipv6Type, $"80003610 {Address}", Ipv6),
        Vector("a prefix of ipv6_dst", Ipv6Type, "80003720 20010db8(00*12) ffffffff(00*12)", Ipv6),
        Vector("ipv6_flabel", Ipv6Type, "80003804 00012345", Ipv6),
        Vector("ipv6_flabel under a mask", Ipv6Type, "80003908 00012000 000ff000", Ipv6),
        Vector("ipv6_nd_target and ipv6_nd_sll", Icmpv6Type + "80003a01 87",
            $"80003e10 {Address} 80004006 0a0000000001", Icmpv6.WithTransportSource(135)),
        Vector("ipv6_nd_target under a mask", Icmpv6Type + "80003a01 87", "80003f20 20010db8(00*12) ffffffff(00*12)",
            Icmpv6.WithTransportSource(135)),
        Vector("ipv6_nd_tll", Icmpv6Type + "80003a01 88", "80004206 0a0000000002", Icmpv6.WithTransportSource(136)),
        Vector("mpls_label", "80000a02 8847", "80004404 00000064", Match.Any.WithEthType(0x8847)),
        Vector("mpls_tc and mpls_bos", "80000a02 8848", "80004601 03 80004801 01", Match.Any.WithEthType(0x8848)),
        Vector("pbb_isid", "80000a02 88e7", "80004a03 010203", Match.Any.WithEthType(0x88e7), isSpoken: false),
        Vector("pbb_isid under a mask", "80000a02 88e7", "80004b06 010200 ffff00", Match.Any.WithEthType(0x88e7),
            isSpoken: false),
        Vector("tunnel_id", "", "80004c08 0000000000001234", Match.Any),
        Vector("tunnel_id under a mask", "", "80004d10 0000000000001200 000000000000ff00", Match.Any),
        Vector("ipv6_exthdr", Ipv6Type, "80004e02 0008", Ipv6, isSpoken: false),
        Vector("ipv6_exthdr under a mask", Ipv6Type, "80004f04 0008 0018", Ipv6, isSpoken: false),
        Vector("a field of OpenFlow 1.5", "", "80005804 00000000", Match.Any),
        Vector("a register of Nicira's", "", "00010004 00000001", Match.Any),
        Vector("a register under a mask", "", "00010308 00000002 000000ff", Match.Any),
        Vector("an experimenter's field", "80000a02 0800 80001401 06", "ffff5508 4f4e4600 0002 0012",
            Match.Any.WithEthType(0x0800).WithIpProtocol(6)),
        Vector("a field of an unknown class", "", "12340a03 010203", Match.Any, isSpoken: false),
    ];

    /// <summary>A vector whose core fields come before the further ones, which are also their canonical form.</summary>
    private static WireVector Vector(
        string name, string core, string further, Match match, bool isSpoken = true) => new(
        $"A match on {name}",
        isSpoken ? "OFPT_FLOW_MOD (OF1.3) (xid=0x1): ADD " : "",
        FlowFrameV13.Of(core + further),
        new FlowMod { Match = match.WithFurther(Fields(further)) });

    private static FurtherFields Fields(string hex)
    {
        List<OxmField> fields = [];
        foreach (ReadOnlySpan<byte> field in new OxmReader(new WireVector("", "", hex, "").Bytes))
            fields.Add(OxmField.FromBytes(field));
        return FurtherFields.Of([.. fields]);
    }
}
