namespace Lime.OpenFlow.Matching;

/// <summary>Drops what a match says about fields that the packets it selects cannot have.</summary>
public static class MatchNormalisation
{
    /// <summary>The match as a switch understands it: a field whose prerequisite is not matched is a
    /// wildcard.</summary>
    /// <remarks>OpenFlow 1.0.0 section 3.4 and 1.0.1 section 3.4: network fields need an Ethernet type of
    /// IPv4 or ARP, type of service needs IPv4, transport fields need protocol ICMP, TCP or UDP over IPv4,
    /// VLAN priority needs a tag. Two matches that a switch treats alike normalise to equal values.</remarks>
    public static Match Normalise(in Match match)
    {
        PacketFields drop = default;
        bool hasType = match.Mask.EthType != 0;
        bool isIpv4 = hasType && match.Values.EthType == 0x0800;
        bool isArp = hasType && match.Values.EthType == 0x0806;
        if (!isIpv4 && !isArp) drop = drop.Or(NetworkFields);
        if (!isIpv4) drop = drop.Or(FieldMasks.IpTos);
        bool hasPorts = isIpv4 && match.Mask.IpProtocol != 0 && match.Values.IpProtocol is (1 or 6 or 17);
        if (!hasPorts) drop = drop.Or(TransportFields);
        bool isUntagged = match.Mask.VlanId != 0 && match.Values.VlanId == 0;
        if (isUntagged) drop = drop.Or(FieldMasks.VlanPriority);
        return match.Without(drop);
    }

    private static PacketFields NetworkFields => new(0, 0xff, 0, ulong.MaxValue, 0);

    private static PacketFields TransportFields => FieldMasks.TransportSource.Or(FieldMasks.TransportDestination);
}
