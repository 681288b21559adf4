namespace Lime.OpenFlow.Matching;

/// <summary>Where each field lies in <see cref="PacketFields"/>.</summary>
public static class FieldMasks
{
    /// <summary>The ingress port.</summary>
    public static PacketFields InPort => new(0xffff_ffff_0000_0000, 0, 0, 0, 0);

    /// <summary>The Ethernet type.</summary>
    public static PacketFields EthType => new(0xffff_0000, 0, 0, 0, 0);

    /// <summary>The VLAN id and whether there is a tag.</summary>
    public static PacketFields VlanId => new(0xffff, 0, 0, 0, 0);

    /// <summary>The Ethernet source.</summary>
    public static PacketFields EthSource => new(0, 0xffff_ffff_ffff_0000, 0, 0, 0);

    /// <summary>The VLAN priority.</summary>
    public static PacketFields VlanPriority => new(0, 0xff00, 0, 0, 0);

    /// <summary>The IP protocol.</summary>
    public static PacketFields IpProtocol => new(0, 0xff, 0, 0, 0);

    /// <summary>The Ethernet destination.</summary>
    public static PacketFields EthDestination => new(0, 0, 0xffff_ffff_ffff_0000, 0, 0);

    /// <summary>The lower two bits of the IP type of service: explicit congestion notification.</summary>
    public static PacketFields IpEcn => new(0, 0, 0x0300, 0, 0);

    /// <summary>The upper six bits of the IP type of service.</summary>
    public static PacketFields IpTos => new(0, 0, 0xfc00, 0, 0);

    /// <summary>The transport source port.</summary>
    public static PacketFields TransportSource => new(0, 0, 0, 0, 0xffff_0000_0000_0000);

    /// <summary>The transport destination port.</summary>
    public static PacketFields TransportDestination => new(0, 0, 0, 0, 0x0000_ffff_0000_0000);

    /// <summary>All twelve fields of OpenFlow 1.0.</summary>
    public static PacketFields All =>
        new(ulong.MaxValue, ulong.MaxValue, 0xffff_ffff_ffff_fc00, ulong.MaxValue, 0xffff_ffff_0000_0000);

    /// <summary>The first <paramref name="prefixBits"/> (0..32) bits of the IPv4 source.</summary>
    public static PacketFields Ipv4Source(int prefixBits) => new(0, 0, 0, (ulong)Prefix(prefixBits) << 32, 0);

    /// <summary>The first <paramref name="prefixBits"/> (0..32) bits of the IPv4 destination.</summary>
    public static PacketFields Ipv4Destination(int prefixBits) => new(0, 0, 0, Prefix(prefixBits), 0);

    private static uint Prefix(int prefixBits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)prefixBits, 32u, nameof(prefixBits));
        return prefixBits == 0 ? 0 : uint.MaxValue << (32 - prefixBits);
    }
}
