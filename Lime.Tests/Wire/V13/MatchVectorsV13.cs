using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire.V13;

/// <summary>Every match field that has a place among the packet's usual fields, with and without a mask; the bytes are
/// those that Open vSwitch and os-ken send.</summary>
internal static class MatchVectorsV13
{
    private static readonly MacAddress A = MacAddress.Parse("0a:00:00:00:00:01");

    private static Match Ip { get; } = Match.Any.WithEthType(0x0800);

    private static Match Ipv6 { get; } = Match.Any.WithEthType(0x86dd);

    private static Match Arp { get; } = Match.Any.WithEthType(0x0806);

    public static IEnumerable<WireVector> All =>
    [
        Vector("every packet", "", Match.Any),
        Vector("in_port", "80000004 fffffffe", Match.Any.WithInPort(PortNumber.Local)),
        Vector("eth_dst", "80000606 0a0000000001", Match.Any.WithEthDestination(A)),
        Vector("eth_dst under a mask", "8000070c 010000000000 010000000000",
            Masked(new(0, 0, 0x0100_0000_0000_0000, 0, 0), new(0, 0, 0x0100_0000_0000_0000, 0, 0))),
        Vector("eth_src", "80000806 0a0000000001", Match.Any.WithEthSource(A)),
        Vector("eth_src under a mask", "8000090c 0a0000000000 ffff00000000",
            Masked(new(0, 0x0a00_0000_0000_0000, 0, 0, 0), new(0, 0xffff_0000_0000_0000, 0, 0, 0))),
        Vector("eth_type", "80000a02 88cc", Match.Any.WithEthType(0x88cc)),
        Vector("vlan_vid", "80000c02 1064", Match.Any.WithVlanId(100)),
        Vector("no VLAN tag", "80000c02 0000", Match.Any.WithoutVlanTag()),
        Vector("any VLAN tag, and vlan_pcp", "80000d04 1000 1000 80000e01 05",
            Masked(new(0x1000, 0, 0, 0, 0), new(0x1000, 0, 0, 0, 0)).WithVlanPriority(5)),
        Vector("vlan_vid and vlan_pcp", "80000c02 1007 80000e01 00", Match.Any.WithVlanId(7).WithVlanPriority(0)),
        Vector("ip_dscp", "80000a02 0800 80001001 2e", Ip.WithIpTos(0xb8)),
        Vector("ip_ecn", "80000a02 0800 80001201 01", Ip.WithIpEcn(1)),
        Vector("ip_proto", "80000a02 0800 80001401 59", Ip.WithIpProtocol(89)),
        Vector("ipv4_src", "80000a02 0800 80001604 0a000001", Ip.WithIpv4Source(new(0x0a000001))),
        Vector("ipv4_src under a mask with holes", "80000a02 0800 80001708 0a000000 ff00ff00",
            Ip.With(new(0, 0, 0, 0x0a00_0000_0000_0000, 0), new(0, 0, 0, 0xff00_ff00_0000_0000, 0))),
        Vector("ipv4_dst", "80000a02 0800 80001804 0a000002", Ip.WithIpv4Destination(new(0x0a000002))),
        Vector("a prefix of ipv4_dst", "80000a02 0800 80001908 0a000000 ffffff00",
            Ip.WithIpv4Destination(new(0x0a000000), 24)),
        Vector("tcp_src", Tcp + "80001a02 0050", Ip.WithIpProtocol(6).WithTransportSource(80)),
        Vector("tcp_dst", Tcp + "80001c02 01bb", Ip.WithIpProtocol(6).WithTransportDestination(443)),
        Vector("tcp_dst under a mask", Tcp + "80001d04 1000 f000", Ip.WithIpProtocol(6)
            .With(new(0, 0, 0, 0, 0x1000_0000_0000), new(0, 0, 0, 0, 0xf000_0000_0000))),
        Vector("udp_src and udp_dst", "80000a02 0800 80001401 11 80001e02 0035 80002002 0036",
            Ip.WithIpProtocol(17).WithTransportSource(53).WithTransportDestination(54)),
        Vector("udp_src under a mask", "80000a02 0800 80001401 11 80001f04 8000 8000", Ip.WithIpProtocol(17)
            .With(new(0, 0, 0, 0, 0x8000_0000_0000_0000), new(0, 0, 0, 0, 0x8000_0000_0000_0000))),
        Vector("sctp_src and sctp_dst", "80000a02 0800 80001401 84 80002202 0001 80002402 0063",
            Ip.WithIpProtocol(132).WithTransportSource(1).WithTransportDestination(99)),
        Vector("icmpv4_type and icmpv4_code", "80000a02 0800 80001401 01 80002601 08 80002801 00",
            Ip.WithIpProtocol(1).WithTransportSource(8).WithTransportDestination(0)),
        Vector("arp_op", "80000a02 0806 80002a02 0001", Arp.WithIpProtocol(1)),
        Vector("arp_spa and arp_tpa", "80000a02 0806 80002c04 0a000001 80002e04 0a000002",
            Arp.WithIpv4Source(new(0x0a000001)).WithIpv4Destination(new(0x0a000002))),
        Vector("arp_spa under a mask", "80000a02 0806 80002d08 0a000000 ff000000",
            Arp.WithIpv4Source(new(0x0a000000), 8)),
        Vector("TCP over IPv6", "80000a02 86dd 80001401 06 80001c02 0050",
            Ipv6.WithIpProtocol(6).WithTransportDestination(80)),
        Vector("ip_dscp and ip_ecn of IPv6", "80000a02 86dd 80001001 2e 80001201 02",
            Ipv6.WithIpTos(0xb8).WithIpEcn(2)),
        Vector("icmpv6_type and icmpv6_code", "80000a02 86dd 80001401 3a 80003a01 80 80003c01 00",
            Ipv6.WithIpProtocol(58).WithTransportSource(128).WithTransportDestination(0)),
        Vector("the twelve fields of 1.0", "80000004 00000001 80000606 0a0000000002 80000806 0a0000000001"
            + "80000a02 0800 80000c02 1001 80000e01 01 80001001 08 80001401 06 80001604 01020304 80001804 05060708"
            + "80001a02 0001 80001c02 0002",
            Match.Any.WithInPort(new(1)).WithEthSource(A).WithEthDestination(MacAddress.Parse("0a:00:00:00:00:02"))
                .WithEthType(0x0800).WithVlanId(1).WithVlanPriority(1).WithIpTos(0x20).WithIpProtocol(6)
                .WithIpv4Source(new(0x01020304)).WithIpv4Destination(new(0x05060708))
                .WithTransportSource(1).WithTransportDestination(2)),
    ];

    private const string Tcp = "80000a02 0800 80001401 06";

    private static Match Masked(PacketFields values, PacketFields mask) => new(values, mask);

    private static WireVector Vector(string name, string fields, Match match) =>
        new($"A match on {name}", "OFPT_FLOW_MOD (OF1.3) (xid=0x1): ADD ", FlowFrameV13.Of(fields),
            new FlowMod { Match = match });
}
