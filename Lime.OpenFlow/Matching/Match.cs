using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Matching;

/// <summary>Which packets a rule applies to: for each field nothing, a value, or a value under a
/// mask.</summary>
/// <remarks>Threading: immutable. <see cref="Values"/> has no bit that <see cref="Mask"/> has not, so equal
/// matches are equal values. Build one from <see cref="Any"/> with the With methods.</remarks>
public readonly record struct Match
{
    private readonly FurtherFields? _further;
    private readonly PacketFields _values;
    private readonly PacketFields _mask;

    /// <summary>Creates a match; bits of <paramref name="values"/> outside <paramref name="mask"/> are
    /// dropped.</summary>
    public Match(in PacketFields values, in PacketFields mask, FurtherFields? further = null)
    {
        _mask = mask;
        _values = values.And(mask);
        _further = further is { Count: > 0 } ? further : null;
    }

    /// <summary>Every packet.</summary>
    public static Match Any => default;

    /// <summary>What the masked bits have to be.</summary>
    public PacketFields Values => _values;

    /// <summary>The bits that count.</summary>
    public PacketFields Mask => _mask;

    /// <summary>What is matched beyond the fields in <see cref="Values"/>.</summary>
    public FurtherFields Further => _further ?? FurtherFields.None;

    /// <summary>Whether anything is matched beyond the fields in <see cref="Values"/>.</summary>
    public bool HasFurther => _further is not null;

    /// <summary>The match on all twelve fields of OpenFlow 1.0 (it outranks every wildcard rule
    /// there).</summary>
    /// <remarks>Fields that packets of the given Ethernet type and protocol don't have select nothing; 1.3 refuses to
    /// be asked for them, so they are left out when it is written.</remarks>
    public static Match Exact(in PacketFields fields) => new(fields, FieldMasks.All);

    /// <summary>Whether all twelve fields of OpenFlow 1.0 are matched in full, and no other.</summary>
    public bool IsExact => PacketFields.AreEqual(_mask, FieldMasks.All) && _further is null;

    /// <summary>The ingress port that is matched, or null.</summary>
    public PortNumber? InPort => (Mask.W0 >> 32) == 0 ? null : Values.InPort;

    /// <summary>Whether a packet with these fields, and no further one, matches.</summary>
    public bool Matches(in PacketFields fields) => _further is null && fields.And(Mask) == Values;

    /// <summary>Whether a packet with these fields matches.</summary>
    /// <param name="fields">Its usual fields.</param>
    /// <param name="further">Its further fields, none masked.</param>
    public bool Matches(in PacketFields fields, FurtherFields further) =>
        fields.And(Mask) == Values && (_further is null || _further.Covers(further));

    /// <summary>Whether every packet that matches <paramref name="other"/> matches this too.</summary>
    /// <remarks>The rule for non-strict modify, delete and statistics (OpenFlow 1.0.0 section 4.6).</remarks>
    public bool Covers(in Match other) => Mask.Without(other.Mask) == default && other.Values.And(Mask) == Values
        && (_further is null || _further.Covers(other.Further));

    /// <summary>Whether some packet matches both.</summary>
    public bool Overlaps(in Match other)
    {
        PacketFields common = Mask.And(other.Mask);
        return Values.And(common) == other.Values.And(common)
            && (_further is null || other._further is null || _further.Overlaps(other._further));
    }

    /// <summary>The same match with one field set, under its mask.</summary>
    public Match With(in PacketFields values, in PacketFields mask) =>
        new(Values.Without(mask).Or(values.And(mask)), Mask.Or(mask), _further);

    /// <summary>The same match with other further fields.</summary>
    public Match WithFurther(FurtherFields further) => new(Values, Mask, further);

    /// <summary>The same match with a field not looked at.</summary>
    public Match Without(in PacketFields mask) => new(Values, Mask.Without(mask), _further);

    /// <summary>Matches the ingress port.</summary>
    public Match WithInPort(PortNumber port) => With(new((ulong)port.Value << 32, 0, 0, 0, 0), FieldMasks.InPort);

    /// <summary>Matches the Ethernet source.</summary>
    public Match WithEthSource(MacAddress address) => With(new(0, address.Value << 16, 0, 0, 0), FieldMasks.EthSource);

    /// <summary>Matches the Ethernet destination.</summary>
    public Match WithEthDestination(MacAddress address) =>
        With(new(0, 0, address.Value << 16, 0, 0), FieldMasks.EthDestination);

    /// <summary>Matches the Ethernet type.</summary>
    public Match WithEthType(ushort ethType) => With(new((ulong)ethType << 16, 0, 0, 0, 0), FieldMasks.EthType);

    /// <summary>Matches packets tagged with <paramref name="vlanId"/>, 0..4095.</summary>
    public Match WithVlanId(ushort vlanId) =>
        With(new((ulong)((vlanId & 0xfff) | PacketFields.VlanPresent), 0, 0, 0, 0), FieldMasks.VlanId);

    /// <summary>Matches untagged packets only.</summary>
    public Match WithoutVlanTag() => With(default, FieldMasks.VlanId);

    /// <summary>Matches the VLAN priority, 0..7.</summary>
    public Match WithVlanPriority(byte priority) =>
        With(new(0, (ulong)priority << 8, 0, 0, 0), FieldMasks.VlanPriority);

    /// <summary>Matches the IP protocol, or the ARP opcode.</summary>
    public Match WithIpProtocol(byte protocol) => With(new(0, protocol, 0, 0, 0), FieldMasks.IpProtocol);

    /// <summary>Matches the lower two bits of the IP type of service, 0..3 (1.3).</summary>
    public Match WithIpEcn(byte ecn) => With(new(0, 0, (ulong)(ecn & 3) << 8, 0, 0), FieldMasks.IpEcn);

    /// <summary>Matches the IP type of service, its upper six bits.</summary>
    public Match WithIpTos(byte tos) => With(new(0, 0, (ulong)(tos & 0xfc) << 8, 0, 0), FieldMasks.IpTos);

    /// <summary>Matches the first <paramref name="prefixBits"/> (0..32) bits of the IPv4 source.</summary>
    public Match WithIpv4Source(Ipv4Address address, int prefixBits = 32) =>
        With(new(0, 0, 0, (ulong)address.Value << 32, 0), FieldMasks.Ipv4Source(prefixBits));

    /// <summary>Matches the first <paramref name="prefixBits"/> (0..32) bits of the IPv4
    /// destination.</summary>
    public Match WithIpv4Destination(Ipv4Address address, int prefixBits = 32) =>
        With(new(0, 0, 0, address.Value, 0), FieldMasks.Ipv4Destination(prefixBits));

    /// <summary>Matches the TCP or UDP source port, or the ICMP type.</summary>
    public Match WithTransportSource(ushort port) =>
        With(new(0, 0, 0, 0, (ulong)port << 48), FieldMasks.TransportSource);

    /// <summary>Matches the TCP or UDP destination port, or the ICMP code.</summary>
    public Match WithTransportDestination(ushort port) =>
        With(new(0, 0, 0, 0, (ulong)port << 32), FieldMasks.TransportDestination);

    /// <summary><see cref="Values"/> where they lie, not copied.</summary>
    public static ref readonly PacketFields ValuesOf(in Match match) => ref match._values;

    /// <summary><see cref="Mask"/> where it lies, not copied.</summary>
    public static ref readonly PacketFields MaskOf(in Match match) => ref match._mask;

    /// <summary>Whether two matches are equal; copies neither.</summary>
    public static bool AreEqual(in Match a, in Match b) =>
        PacketFields.AreEqual(a._values, b._values) && PacketFields.AreEqual(a._mask, b._mask)
        && (ReferenceEquals(a._further, b._further) || (a._further is not null && a._further.Equals(b._further)));

    /// <inheritdoc/>
    public bool Equals(Match other) => AreEqual(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Values.GetHashCode() ^ (Mask.GetHashCode() * 31) ^ (_further?.GetHashCode() ?? 0);

    /// <summary>The match as <c>ovs-ofctl</c> writes it, for logs.</summary>
    public override string ToString() => MatchText.Format(this);
}
