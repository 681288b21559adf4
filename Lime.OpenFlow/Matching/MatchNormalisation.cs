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
        ref readonly PacketFields mask = ref Match.MaskOf(match);
        PacketFields drop = Meaningless(Match.ValuesOf(match), mask);
        return IsDropped(mask, drop) ? match.Without(drop) : match;
    }

    /// <summary>Whether <see cref="Normalise"/> leaves a match as it is.</summary>
    public static bool IsNormal(in Match match) =>
        !IsDropped(Match.MaskOf(match), Meaningless(Match.ValuesOf(match), Match.MaskOf(match)));

    /// <summary>The match on all that a packet with these fields has, and on nothing that it can't have: as
    /// <see cref="Match.Exact"/>, normalised.</summary>
    public static Match Exact(in PacketFields fields) =>
        new(fields, FieldMasks.All.Without(Meaningless(fields, FieldMasks.All)));

    private static bool IsDropped(in PacketFields mask, in PacketFields drop) =>
        ((mask.W1 & drop.W1) | (mask.W2 & drop.W2) | (mask.W3 & drop.W3) | (mask.W4 & drop.W4)) != 0;

    private static PacketFields Meaningless(in PacketFields values, in PacketFields mask)
    {
        ushort type = mask.EthType == ushort.MaxValue ? values.EthType : (ushort)0;
        bool isIpv4 = type == 0x0800;
        bool isIp = isIpv4 || type == 0x86dd;
        bool isArp = type == 0x0806;
        ulong protocol = isIp || isArp ? 0 : FieldMasks.IpProtocol.W1;
        bool isUntagged = mask.VlanId != 0 && values.VlanId == 0;
        ulong vlanPriority = isUntagged ? FieldMasks.VlanPriority.W1 : 0;
        ulong service = isIp ? 0 : FieldMasks.IpTos.W2 | FieldMasks.IpEcn.W2;
        ulong addresses = isIpv4 || isArp ? 0 : ulong.MaxValue;
        bool hasPorts = isIp && mask.IpProtocol != 0 && HasPorts(values.IpProtocol, isIpv4);
        ulong ports = hasPorts ? 0 : FieldMasks.TransportSource.W4 | FieldMasks.TransportDestination.W4;
        return new PacketFields(0, protocol | vlanPriority, service, addresses, ports);
    }

    /// <summary>TCP, UDP, SCTP, and the ICMP of either IP version.</summary>
    private static bool HasPorts(byte protocol, bool isIpv4) =>
        protocol is 6 or 17 or 132 || protocol == (isIpv4 ? 1 : 58);
}
