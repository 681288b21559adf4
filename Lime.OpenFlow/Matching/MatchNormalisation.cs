namespace Lime.OpenFlow.Matching;

/// <summary>Drops what a match says about fields that the packets it selects cannot have.</summary>
public static class MatchNormalisation
{
    /// <summary>The match as a switch understands it: a field whose prerequisite is not matched is a
    /// wildcard.</summary>
    /// <remarks>OpenFlow 1.0.0 section 3.4 and 1.0.1 section 3.4: network fields need an Ethernet type of
    /// IPv4 or ARP (1.3: or IPv6, whose addresses are further fields), type of service needs IP, transport fields need
    /// protocol ICMP, TCP, UDP or SCTP over IP, VLAN priority needs a tag. A match that 1.3 allows stays as it is
    /// (1.3.5 section 7.2.3.8). Two matches that a switch treats alike normalise to equal values.</remarks>
    public static Match Normalise(in Match match)
    {
        PacketFields drop = default;
        ushort type = match.Mask.EthType == ushort.MaxValue ? match.Values.EthType : (ushort)0;
        bool isIpv4 = type == 0x0800;
        bool isIp = isIpv4 || type == 0x86dd;
        bool isArp = type == 0x0806;
        if (!isIpv4 && !isArp) drop = drop.Or(AddressFields);
        if (!isIp && !isArp) drop = drop.Or(FieldMasks.IpProtocol);
        if (!isIp) drop = drop.Or(FieldMasks.IpTos).Or(FieldMasks.IpEcn);
        bool hasPorts = isIp && match.Mask.IpProtocol != 0 && HasPorts(match.Values.IpProtocol, isIpv4);
        if (!hasPorts) drop = drop.Or(TransportFields);
        bool isUntagged = match.Mask.VlanId != 0 && match.Values.VlanId == 0;
        if (isUntagged) drop = drop.Or(FieldMasks.VlanPriority);
        return match.Without(drop);
    }

    private static PacketFields AddressFields => new(0, 0, 0, ulong.MaxValue, 0);

    private static PacketFields TransportFields => FieldMasks.TransportSource.Or(FieldMasks.TransportDestination);

    /// <summary>TCP, UDP, SCTP, and the ICMP of either IP version.</summary>
    private static bool HasPorts(byte protocol, bool isIpv4) =>
        protocol is 6 or 17 or 132 || protocol == (isIpv4 ? 1 : 58);
}
