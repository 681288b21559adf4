namespace Lime.Core.Tunnels;

/// <summary>How large a packet of the network beneath has to be able to be for what a tunnel carries.</summary>
/// <remarks>MTUs are those of IP, both within the tunnel and beneath it: so the inner frame's Ethernet header counts as
/// carried bytes, the outer one's doesn't.</remarks>
internal static class TunnelMtu
{
    private const int EthernetBytes = 14;
    private const int VlanTagBytes = 4;
    private const int Ipv4Bytes = 20;
    private const int Ipv6Bytes = 40;
    private const int UdpBytes = 8;

    /// <summary>VXLAN's header (RFC 7348 section 5), and Geneve's without options (RFC 8926 section 3.4).</summary>
    private const int NetworkIdentifierBytes = 8;

    /// <summary>GRE's header and its key (RFC 2890 section 2).</summary>
    private const int GreBytes = 8;

    /// <summary>Bytes that the tunnel adds to an IP packet that comes in a frame with so many VLAN tags.</summary>
    public static int OverheadBytes(TunnelSpec tunnel, int vlanTags = 0) =>
        (tunnel.IsIpv6 ? Ipv6Bytes : Ipv4Bytes)
        + (tunnel.Type == TunnelType.Gre ? GreBytes : UdpBytes + NetworkIdentifierBytes)
        + EthernetBytes + (vlanTags * VlanTagBytes);

    /// <summary>Whether the hosts' packets fit through the tunnel.</summary>
    /// <param name="tunnel">The tunnel.</param>
    /// <param name="demand">What the hosts send.</param>
    /// <param name="underlayMtu">The MTU of the interface that the tunnel leaves by.</param>
    /// <returns>A sentence that says what doesn't fit and what to do; null if they fit.</returns>
    public static string? FindFault(TunnelSpec tunnel, TunnelMtuDemand demand, int underlayMtu)
    {
        int overhead = OverheadBytes(tunnel, demand.VlanTags);
        int needed = demand.HostMtu + overhead;
        if (needed <= underlayMtu) return null;
        string name = demand.UnderlayInterface;
        return $"Packets of {demand.HostMtu} bytes don't fit through the {tunnel}: it adds {overhead} bytes ("
            + $"{Parts(tunnel, demand.VlanTags)}), which makes {needed}, and interface {name} takes {underlayMtu}. "
            + $"Raise the MTU of {name}, and of the network behind it, to {needed} "
            + $"(ovs-vsctl set interface {name} mtu_request={needed}), "
            + $"or lower the hosts' to {underlayMtu - overhead}.";
    }

    private static string Parts(TunnelSpec tunnel, int vlanTags)
    {
        string ip = tunnel.IsIpv6 ? $"IPv6 {Ipv6Bytes}" : $"IPv4 {Ipv4Bytes}";
        string carrier = tunnel.Type == TunnelType.Gre
            ? $"GRE with key {GreBytes}"
            : $"UDP {UdpBytes}, {tunnel.TypeName} {NetworkIdentifierBytes}";
        string tags = vlanTags == 0 ? "" : $", VLAN tags {vlanTags * VlanTagBytes}";
        return $"{ip}, {carrier}, inner Ethernet {EthernetBytes}{tags}";
    }
}
