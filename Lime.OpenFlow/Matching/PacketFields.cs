using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Matching;

/// <summary>The header fields a rule can match on, packed into five words, so that matching, masking,
/// comparing and hashing are a handful of word operations. Serves as a packet's key, a match's values and a
/// match's mask alike.</summary>
/// <remarks>
/// <code>
/// W0  in_port:32            eth_type:16   vlan_vid:16 (bit 12 set: tagged; 0: untagged)
/// W1  eth_src:48            vlan_pcp:8    ip_proto:8 (or the ARP opcode; 0 if over 255)
/// W2  eth_dst:48            ip_tos:6 ip_ecn:2      zero:8
/// W3  ipv4_src:32           ipv4_dst:32   (or the ARP sender's and target's addresses)
/// W4  transport_src:16      transport_dst:16 (or type and code of ICMP or ICMPv6)   zero:32
/// </code>
/// Threading: immutable.
/// </remarks>
/// <param name="W0">Ingress port, Ethernet type, VLAN id.</param>
/// <param name="W1">Ethernet source, VLAN priority, IP protocol.</param>
/// <param name="W2">Ethernet destination, IP type of service.</param>
/// <param name="W3">IPv4 source and destination.</param>
/// <param name="W4">Transport ports.</param>
public readonly record struct PacketFields(ulong W0, ulong W1, ulong W2, ulong W3, ulong W4)
{
    /// <summary>The bit of <see cref="VlanId"/> that tells a tagged packet from an untagged one
    /// (OFPVID_PRESENT).</summary>
    public const ushort VlanPresent = 0x1000;

    /// <summary>The ingress port.</summary>
    public PortNumber InPort => new((uint)(W0 >> 32));

    /// <summary>The Ethernet type, behind a VLAN tag if there is one; for an 802.3 frame without SNAP
    /// 0x05ff.</summary>
    public ushort EthType => (ushort)(W0 >> 16);

    /// <summary>The VLAN id with <see cref="VlanPresent"/>, or 0 if untagged.</summary>
    public ushort VlanId => (ushort)W0;

    /// <summary>The Ethernet source.</summary>
    public MacAddress EthSource => new(W1 >> 16);

    /// <summary>The VLAN priority, 0..7.</summary>
    public byte VlanPriority => (byte)(W1 >> 8);

    /// <summary>The IP protocol, or the ARP opcode (0 if over 255).</summary>
    public byte IpProtocol => (byte)W1;

    /// <summary>The Ethernet destination.</summary>
    public MacAddress EthDestination => new(W2 >> 16);

    /// <summary>The IP type of service: the upper six bits, the lower two zero.</summary>
    public byte IpTos => (byte)((W2 >> 8) & 0xfc);

    /// <summary>The lower two bits of the IP type of service, explicit congestion notification: 0..3.</summary>
    public byte IpEcn => (byte)((W2 >> 8) & 3);

    /// <summary>The IPv4 source, or the ARP sender's address.</summary>
    public Ipv4Address Ipv4Source => new((uint)(W3 >> 32));

    /// <summary>The IPv4 destination, or the ARP target's address.</summary>
    public Ipv4Address Ipv4Destination => new((uint)W3);

    /// <summary>The TCP or UDP source port, or the ICMP type.</summary>
    public ushort TransportSource => (ushort)(W4 >> 48);

    /// <summary>The TCP or UDP destination port, or the ICMP code.</summary>
    public ushort TransportDestination => (ushort)(W4 >> 32);

    /// <summary>Only the bits that are set in <paramref name="mask"/>.</summary>
    public PacketFields And(in PacketFields mask) =>
        new(W0 & mask.W0, W1 & mask.W1, W2 & mask.W2, W3 & mask.W3, W4 & mask.W4);

    /// <summary>The bits of both.</summary>
    public PacketFields Or(in PacketFields other) =>
        new(W0 | other.W0, W1 | other.W1, W2 | other.W2, W3 | other.W3, W4 | other.W4);

    /// <summary>These fields without the bits that are set in <paramref name="mask"/>.</summary>
    public PacketFields Without(in PacketFields mask) =>
        new(W0 & ~mask.W0, W1 & ~mask.W1, W2 & ~mask.W2, W3 & ~mask.W3, W4 & ~mask.W4);

    /// <summary>The same fields with another ingress port.</summary>
    public PacketFields WithInPort(PortNumber inPort) => this with { W0 = (uint)W0 | ((ulong)inPort.Value << 32) };

    /// <inheritdoc/>
    public bool Equals(PacketFields other) => AreEqual(this, other);

    /// <summary>Whether all five words are equal; copies none.</summary>
    public static bool AreEqual(in PacketFields a, in PacketFields b) =>
        ((a.W0 ^ b.W0) | (a.W1 ^ b.W1) | (a.W2 ^ b.W2) | (a.W3 ^ b.W3) | (a.W4 ^ b.W4)) == 0;

    /// <summary>A multiplicative mix of the five words; good in its low and its high bits.</summary>
    public override int GetHashCode()
    {
        const ulong Odd = 0x9e3779b97f4a7c15;
        ulong hash = (W0 * Odd) ^ (W0 >> 29);
        hash = (hash ^ W1) * Odd;
        hash = (hash ^ (hash >> 32) ^ W2) * Odd;
        hash = (hash ^ (hash >> 32) ^ W3) * Odd;
        hash = (hash ^ (hash >> 32) ^ W4) * Odd;
        return (int)(hash >> 32) ^ (int)hash;
    }
}
