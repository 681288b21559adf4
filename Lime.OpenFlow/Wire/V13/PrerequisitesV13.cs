using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>What the fields of a match have said so far, as later ones depend on it (OpenFlow 1.3.5 section
/// 7.2.3.6).</summary>
/// <remarks>A field must stand behind those it needs. ARP fields may also follow RARP's Ethernet type (0x8035), as Open
/// vSwitch has it.</remarks>
internal struct PrerequisitesV13
{
    public const ushort EthTypeIpv4 = 0x0800;
    public const ushort EthTypeArp = 0x0806;
    public const ushort EthTypeIpv6 = 0x86dd;
    private const ushort EthTypeRarp = 0x8035;
    private const ushort EthTypeMpls = 0x8847;
    private const ushort EthTypeMplsMulticast = 0x8848;
    private const ushort EthTypePbb = 0x88e7;
    private const int NeighbourSolicitationType = 135;
    private const int NeighbourAdvertisementType = 136;

    /// <summary>Zero means none of those below, and so that it is not known.</summary>
    private ushort _ethType;

    private short _protocol;
    private short _icmpv6Type;
    private bool _hasInPort;
    private bool _hasTag;

    /// <summary>Nothing said.</summary>
    public static PrerequisitesV13 Nothing => new() { _protocol = -1, _icmpv6Type = -1 };

    public readonly ushort EthType => _ethType;

    /// <summary>Takes in a field; <paramref name="mask"/> is all ones if it has none.</summary>
    public void Observe(OxmId id, ulong value, ulong mask)
    {
        switch (id)
        {
            case OxmId.InPort: _hasInPort = true; break;
            case OxmId.EthType: _ethType = (ushort)value; break;
            case OxmId.VlanId: _hasTag = (value & mask & PacketFields.VlanPresent) != 0; break;
            case OxmId.IpProtocol: _protocol = (byte)value; break;
            case OxmId.Icmpv6Type: _icmpv6Type = (byte)value; break;
        }
    }

    public readonly bool Allow(OxmPrerequisiteV13 needed) => needed switch
    {
        OxmPrerequisiteV13.None => true,
        OxmPrerequisiteV13.InPort => _hasInPort,
        OxmPrerequisiteV13.VlanTag => _hasTag,
        OxmPrerequisiteV13.Ip => _ethType is EthTypeIpv4 or EthTypeIpv6,
        OxmPrerequisiteV13.Ipv4 => _ethType == EthTypeIpv4,
        OxmPrerequisiteV13.Ipv6 => _ethType == EthTypeIpv6,
        OxmPrerequisiteV13.Arp => _ethType is EthTypeArp or EthTypeRarp,
        OxmPrerequisiteV13.Tcp => _protocol == 6,
        OxmPrerequisiteV13.Udp => _protocol == 17,
        OxmPrerequisiteV13.Sctp => _protocol == 132,
        OxmPrerequisiteV13.Icmpv4 => _protocol == 1 && _ethType == EthTypeIpv4,
        OxmPrerequisiteV13.Icmpv6 => _protocol == 58 && _ethType == EthTypeIpv6,
        OxmPrerequisiteV13.NeighbourDiscovery =>
            _icmpv6Type is NeighbourSolicitationType or NeighbourAdvertisementType,
        OxmPrerequisiteV13.NeighbourSolicitation => _icmpv6Type == NeighbourSolicitationType,
        OxmPrerequisiteV13.NeighbourAdvertisement => _icmpv6Type == NeighbourAdvertisementType,
        OxmPrerequisiteV13.Mpls => _ethType is EthTypeMpls or EthTypeMplsMulticast,
        _ => _ethType == EthTypePbb,
    };
}
