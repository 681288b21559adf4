using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using NUnit.Framework;

namespace Lime.Tests.Matching;

/// <remarks>Goal: the twelve fields of OpenFlow 1.0 (section 3.4, figure 4), and those that 1.3 adds of IPv6 and ECN,
/// from real frames.</remarks>
[TestFixture]
public sealed class PacketParserTests
{
    private const string Ethernet = "0a0000000002 0a0000000001 ";
    private const string Addresses = "0a000001 0a000002";
    private const string Tcp = "0400 0050 00000000 00000000 5002 2000 0000 0000";
    private const string Ipv6Addresses = "20010db8 00000000 00000000 00000001 20010db8 00000000 00000000 00000002";
    private static readonly PortNumber InPort = new(7);

    private static readonly Match Link = Match.Any.WithInPort(InPort)
        .WithEthSource(MacAddress.Parse("0a:00:00:00:00:01"))
        .WithEthDestination(MacAddress.Parse("0a:00:00:00:00:02"));

    private static readonly Match Ip = Link.WithEthType(0x0800).WithIpTos(0xb8)
        .WithIpv4Source(Ipv4Address.Parse("10.0.0.1")).WithIpv4Destination(Ipv4Address.Parse("10.0.0.2"));

    private static readonly Match Ipv6 = Link.WithEthType(0x86dd);

    private static IEnumerable<TestCaseData> Frames =>
    [
        Case("ARP request", "0806 0001 0800 06 04 0001 0a0000000001 0a000001 000000000000 0a000002",
            Link.WithEthType(0x0806).WithIpProtocol(1).WithIpv4Source(Ipv4Address.Parse("10.0.0.1"))
                .WithIpv4Destination(Ipv4Address.Parse("10.0.0.2"))),
        Case("ARP of another hardware type",
            "0806 0006 0800 06 04 0001 0a0000000001 0a000001 000000000000 0a000002",
            Link.WithEthType(0x0806)),
        Case("ICMP echo request", $"0800 45b8 0054 0001 4000 4001 0000 {Addresses} 0800 0000 0001 0001",
            Ip.WithIpProtocol(1).WithTransportSource(8).WithTransportDestination(0)),
        Case("ICMP unreachable", $"0800 45b8 0054 0001 4000 4001 0000 {Addresses} 0301 0000 0001 0001",
            Ip.WithIpProtocol(1).WithTransportSource(3).WithTransportDestination(1)),
        Case("TCP", $"0800 45bb 0028 0001 4000 4006 0000 {Addresses} {Tcp}",
            Ip.WithIpEcn(3).WithIpProtocol(6).WithTransportSource(1024).WithTransportDestination(80)),
        Case("SCTP", $"0800 45b8 0020 0001 4000 4084 0000 {Addresses} 0001 0063 00000000 00000000",
            Ip.WithIpProtocol(132).WithTransportSource(1).WithTransportDestination(99)),
        Case("TCP over IPv6", $"86dd 6b912345 0014 06 40 {Ipv6Addresses} {Tcp}",
            Ipv6.WithIpTos(0xb8).WithIpEcn(1).WithIpProtocol(6).WithTransportSource(1024).WithTransportDestination(80)),
        Case("ICMPv6", $"86dd 60000000 0008 3a ff {Ipv6Addresses} 8700 0000 00000000",
            Ipv6.WithIpTos(0).WithIpEcn(0).WithIpProtocol(58).WithTransportSource(135).WithTransportDestination(0)),
        Case("UDP behind an IPv6 destination option", $"86dd 60000000 0010 3c 40 {Ipv6Addresses}"
            + "1100 0104 00000000 0035 0036 0008 0000",
            Ipv6.WithIpTos(0).WithIpEcn(0).WithIpProtocol(17).WithTransportSource(53).WithTransportDestination(54)),
        Case("A later fragment of IPv6", $"86dd 60000000 0010 2c 40 {Ipv6Addresses}"
            + "1100 0008 00000001 0035 0036 0008 0000",
            Ipv6.WithIpTos(0).WithIpEcn(0).WithIpProtocol(17)),
        Case("TCP behind IP options", $"0800 46b8 002c 0001 4000 4006 0000 {Addresses} 01010100 {Tcp}",
            Ip.WithIpProtocol(6).WithTransportSource(1024).WithTransportDestination(80)),
        Case("UDP", $"0800 45b8 0020 0001 4000 4011 0000 {Addresses} 0035 0035 0008 0000",
            Ip.WithIpProtocol(17).WithTransportSource(53).WithTransportDestination(53)),
        Case("GRE", $"0800 45b8 0020 0001 4000 402f 0000 {Addresses} 0035 0035", Ip.WithIpProtocol(47)),
        Case("First fragment", $"0800 45b8 0020 0001 2000 4011 0000 {Addresses} 0035 0035 0008 0000",
            Ip.WithIpProtocol(17).WithTransportSource(53).WithTransportDestination(53)),
        Case("Later fragment", $"0800 45b8 0020 0001 2001 4011 0000 {Addresses} 0035 0035 0008 0000",
            Ip.WithIpProtocol(17)),
        Case("VLAN-tagged UDP",
            $"8100 a00a 0800 45b8 0020 0001 4000 4011 0000 {Addresses} 0035 0035 0008 0000",
            Ip.WithVlanId(10).WithVlanPriority(5).WithIpProtocol(17).WithTransportSource(53)
                .WithTransportDestination(53)),
        Case("Priority-tagged IPv6", "8100 e000 86dd 6000",
            Link.WithVlanId(0).WithVlanPriority(7).WithEthType(0x86dd)),
        Case("SNAP", $"0024 aaaa03 000000 0800 45b8 0020 0001 4000 4011 0000 {Addresses} 0035 0035",
            Ip.WithIpProtocol(17).WithTransportSource(53).WithTransportDestination(53)),
        Case("SNAP of another organisation", "0024 aaaa03 00000c 2000 45b8", Link.WithEthType(0x05ff)),
        Case("802.3 without SNAP", "0026 424203 0000", Link.WithEthType(0x05ff)),
        Case("LLDP", "88cc 0207 04", Link.WithEthType(0x88cc)),
        Case("TCP cut in its ports", $"0800 45b8 0028 0001 4000 4006 0000 {Addresses} 0400 00",
            Ip.WithIpProtocol(6)),
        Case("IP cut in its header", "0800 45b8 0028 0001", Link.WithEthType(0x0800)),
        Case("An impossible IP header length", $"0800 41b8 0028 0001 4000 4006 0000 {Addresses} {Tcp}",
            Ip.WithIpProtocol(6)),
    ];

    [TestCaseSource(nameof(Frames))]
    public void A_frame_has_the_fields_of_its_headers(string hex, Match expected)
    {
        PacketFields fields = PacketParser.Parse(InPort, Bytes(hex));

        Assert.That(Match.Exact(fields), Is.EqualTo(Match.Exact(expected.Values)));
        Assert.That(fields, Is.EqualTo(expected.Values));
    }

    [TestCaseSource(nameof(Frames))]
    public void A_frame_cut_anywhere_never_fails_and_gains_no_field(string hex, Match expected)
    {
        byte[] frame = Bytes(hex);
        // Before that many bytes a SNAP type is not seen, or IPv6's protocol is that of its extension header.
        int toldFrom = expected.Values.EthType == 0x86dd ? 62 : 26;
        for (int length = 0; length <= frame.Length; length++)
        {
            PacketFields fields = PacketParser.Parse(InPort, frame.AsSpan(0, length));

            bool isPart = length < toldFrom || fields.Without(expected.Values) == default;
            Assert.That(isPart, Is.True, $"cut at {length}: {Match.Exact(fields)}");
            Assert.That(fields.InPort, Is.EqualTo(InPort));
        }
    }

    private static TestCaseData Case(string name, string hex, Match expected) =>
        new TestCaseData(Ethernet + hex, expected).SetArgDisplayNames(name);

    private static byte[] Bytes(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
