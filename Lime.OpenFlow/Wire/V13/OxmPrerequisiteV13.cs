namespace Lime.OpenFlow.Wire.V13;

/// <summary>What a match must already say for a field to have a meaning (OpenFlow 1.3.5 section 7.2.3.6).</summary>
internal enum OxmPrerequisiteV13 : byte
{
    None,
    InPort,
    VlanTag,
    Ip,
    Ipv4,
    Ipv6,
    Arp,
    Tcp,
    Udp,
    Sctp,
    Icmpv4,
    Icmpv6,
    NeighbourDiscovery,
    NeighbourSolicitation,
    NeighbourAdvertisement,
    Mpls,
    Pbb,
}
