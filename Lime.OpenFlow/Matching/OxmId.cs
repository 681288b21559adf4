namespace Lime.OpenFlow.Matching;

/// <summary>The match fields of OpenFlow 1.3 (oxm_ofb_match_fields, 1.3.5 section 7.2.3.7); the values are those of
/// the wire, in class 0x8000.</summary>
public enum OxmId : byte
{
    /// <summary>Ingress port; 32 bits.</summary>
    InPort = 0,

    /// <summary>Physical port beneath a logical ingress port; 32 bits; needs InPort.</summary>
    InPhysicalPort = 1,

    /// <summary>Metadata that tables pass on; 64 bits.</summary>
    Metadata = 2,

    /// <summary>Ethernet destination; 48 bits.</summary>
    EthDestination = 3,

    /// <summary>Ethernet source; 48 bits.</summary>
    EthSource = 4,

    /// <summary>Ethernet type behind VLAN tags; 16 bits.</summary>
    EthType = 5,

    /// <summary>VLAN id and, in bit 12, whether there is a tag; 13 bits.</summary>
    VlanId = 6,

    /// <summary>VLAN priority; 3 bits; needs a tag.</summary>
    VlanPriority = 7,

    /// <summary>Upper six bits of the IP type of service; needs IP.</summary>
    IpDscp = 8,

    /// <summary>Lower two bits of the IP type of service; needs IP.</summary>
    IpEcn = 9,

    /// <summary>IP protocol; 8 bits; needs IP.</summary>
    IpProtocol = 10,

    /// <summary>IPv4 source; 32 bits.</summary>
    Ipv4Source = 11,

    /// <summary>IPv4 destination; 32 bits.</summary>
    Ipv4Destination = 12,

    /// <summary>TCP source port; 16 bits.</summary>
    TcpSource = 13,

    /// <summary>TCP destination port; 16 bits.</summary>
    TcpDestination = 14,

    /// <summary>UDP source port; 16 bits.</summary>
    UdpSource = 15,

    /// <summary>UDP destination port; 16 bits.</summary>
    UdpDestination = 16,

    /// <summary>SCTP source port; 16 bits.</summary>
    SctpSource = 17,

    /// <summary>SCTP destination port; 16 bits.</summary>
    SctpDestination = 18,

    /// <summary>ICMP type; 8 bits.</summary>
    Icmpv4Type = 19,

    /// <summary>ICMP code; 8 bits.</summary>
    Icmpv4Code = 20,

    /// <summary>ARP opcode; 16 bits.</summary>
    ArpOpcode = 21,

    /// <summary>ARP sender's IPv4 address; 32 bits.</summary>
    ArpSenderIpv4 = 22,

    /// <summary>ARP target's IPv4 address; 32 bits.</summary>
    ArpTargetIpv4 = 23,

    /// <summary>ARP sender's Ethernet address; 48 bits.</summary>
    ArpSenderEth = 24,

    /// <summary>ARP target's Ethernet address; 48 bits.</summary>
    ArpTargetEth = 25,

    /// <summary>IPv6 source; 128 bits.</summary>
    Ipv6Source = 26,

    /// <summary>IPv6 destination; 128 bits.</summary>
    Ipv6Destination = 27,

    /// <summary>IPv6 flow label; 20 bits.</summary>
    Ipv6FlowLabel = 28,

    /// <summary>ICMPv6 type; 8 bits.</summary>
    Icmpv6Type = 29,

    /// <summary>ICMPv6 code; 8 bits.</summary>
    Icmpv6Code = 30,

    /// <summary>Target of an IPv6 neighbour discovery; 128 bits.</summary>
    Ipv6NdTarget = 31,

    /// <summary>Source link-layer address of a neighbour solicitation; 48 bits.</summary>
    Ipv6NdSourceEth = 32,

    /// <summary>Target link-layer address of a neighbour advertisement; 48 bits.</summary>
    Ipv6NdTargetEth = 33,

    /// <summary>MPLS label; 20 bits.</summary>
    MplsLabel = 34,

    /// <summary>MPLS traffic class; 3 bits.</summary>
    MplsTrafficClass = 35,

    /// <summary>MPLS bottom-of-stack bit; 1 bit.</summary>
    MplsBottomOfStack = 36,

    /// <summary>PBB service id; 24 bits.</summary>
    PbbServiceId = 37,

    /// <summary>Metadata of a logical port, as a tunnel's key; 64 bits.</summary>
    TunnelId = 38,

    /// <summary>Which IPv6 extension headers there are; 9 bits.</summary>
    Ipv6ExtensionHeaders = 39,
}
