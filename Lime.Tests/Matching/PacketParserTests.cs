using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using NUnit.Framework;

namespace Lime.Tests.Matching;

/// <remarks>Goal: the twelve fields of OpenFlow 1.0 (section 3.4, figure 4) from real frames.</remarks>
[TestFixture]
public sealed class PacketParserTests
{
    private const string Ethernet = "0a0000000002 0a0000000001 ";
    private const string Addresses = "0a000001 0a000002";
    private const string Tcp = "0400 0050 00000000 00000000 5002 2000 0000 0000";
    private static readonly PortNumber InPort = new(7);

    private static readonly Match Link = Match.Any.WithInPort(InPort)
        .WithEthSource(MacAddress.Parse("0a:00:00:00:00:01"))
        .WithEthDestination(MacAddress.Parse("0a:00:00:00:00:02"));

    private static readonly Match Ip = Link.WithEthType(0x0800).WithIpTos(0xb8)
        .WithIpv4Source(Ipv4Address.Parse("10.0.0.1")).WithIpv4Destination(Ipv4Address.Parse("10.0.0.2"));

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
            Ip.WithIpProtocol(6).WithTransportSource(1024).WithTransportDestination(80)),
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
        for (int length = 0; length <= frame.Length; length++)
        {
            PacketFields fields = PacketParser.Parse(InPort, frame.AsSpan(0, length));

            bool isPart = length < 26 || fields.Without(expected.Values) == default;
            Assert.That(isPart, Is.True, $"cut at {length}: {Match.Exact(fields)}");
            Assert.That(fields.InPort, Is.EqualTo(InPort));
        }
    }

    private static TestCaseData Case(string name, string hex, Match expected) =>
        new TestCaseData(Ethernet + hex, expected).SetArgDisplayNames(name);

    private static byte[] Bytes(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
