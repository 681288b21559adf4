using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Matching;

namespace Lime.Tests.Reference;

/// <summary>A frame, where its headers lie and what its fields are (1.0.0 section 3.4, 1.3.5 sections 5.3 and
/// 7.2.3).</summary>
/// <remarks>Immutable. Offsets count from the start of the frame; -1: there is no such header.</remarks>
internal sealed record ReferencePacket
{
    public const ushort Ipv4 = 0x0800;
    public const ushort Arp = 0x0806;
    public const ushort Vlan = 0x8100;
    public const ushort ServiceVlan = 0x88a8;
    public const ushort Ipv6 = 0x86dd;

    private const int AddressesBytes = 12;
    private const int TagBytes = 4;

    /// <param name="bytes">The frame, without its checksum.</param>
    /// <param name="skipsAllTags">1.3: the type is that behind all VLAN tags; 1.0: behind the first.</param>
    public ReferencePacket(ImmutableArray<byte> bytes, bool skipsAllTags)
    {
        Bytes = bytes;
        SkipsAllTags = skipsAllTags;
        int at = AddressesBytes;
        while (IsTag(Word(at)) && (skipsAllTags || TagCount == 0))
        {
            TagCount++;
            at += TagBytes;
        }
        EthType = Word(at);
        Network = at + 2;
        if (EthType < 0x600) ReadLogicalLink();
        if (EthType == Ipv4) ReadIpv4();
        if (EthType == Ipv6) ReadIpv6();
        if (EthType == Arp && !Has(Network, 28)) Network = -1;
    }

    public ImmutableArray<byte> Bytes { get; }

    public bool SkipsAllTags { get; }

    public int TagCount { get; }

    public bool IsTagged => TagCount > 0;

    public ushort EthType { get; private set; }

    public int Network { get; private set; }

    public int Protocol { get; private set; } = -1;

    public int Transport { get; private set; } = -1;

    /// <summary>An IP fragment, the first one too.</summary>
    public bool IsFragment { get; private set; }

    /// <summary>A fragment without the transport header.</summary>
    public bool IsLaterFragment { get; private set; }

    public bool IsIp => EthType is Ipv4 or Ipv6 && Network >= 0;

    /// <summary>All fields of the packet; what is not there has no value.</summary>
    public Dictionary<OxmId, UInt128> Fields(uint inPort, ulong metadata)
    {
        Dictionary<OxmId, UInt128> fields = new()
        {
            [OxmId.InPort] = inPort,
            [OxmId.InPhysicalPort] = inPort,
            [OxmId.Metadata] = metadata,
            [OxmId.TunnelId] = 0,
            [OxmId.EthDestination] = Number(0, 6),
            [OxmId.EthSource] = Number(6, 6),
            [OxmId.EthType] = EthType,
            // The outermost tag's id with OFPVID_PRESENT, or OFPVID_NONE.
            [OxmId.VlanId] = IsTagged ? (UInt128)((Word(14) & 0xfff) | PacketFields.VlanPresent) : 0,
        };
        if (IsTagged) fields[OxmId.VlanPriority] = (UInt128)(Word(14) >> 13);
        if (Network < 0) return fields;
        if (EthType == Arp) AddArp(fields);
        if (IsIp) AddIp(fields);
        if (IsIp) AddTransport(fields);
        return fields;
    }

    public int Byte(int at) => at < Bytes.Length ? Bytes[at] : 0;

    public ushort Word(int at) => (ushort)((Byte(at) << 8) | Byte(at + 1));

    public bool Has(int at, int count) => at >= 0 && at + count <= Bytes.Length;

    private static bool IsTag(ushort type) => type is Vlan or ServiceVlan;

    private UInt128 Number(int at, int count) =>
        Has(at, count) ? FieldTests.Number(Bytes.AsSpan(at, count)) : 0;

    /// <summary>IEEE 802.3: the type is in the SNAP header, or else 0x05ff (1.0.0 section 3.4,
    /// OFP_DL_TYPE_NOT_ETH_TYPE).</summary>
    private void ReadLogicalLink()
    {
        bool isSnap = Number(Network, 6) == 0xaaaa03000000;
        EthType = isSnap ? Word(Network + 6) : (ushort)0x05ff;
        Network = isSnap ? Network + 8 : -1;
    }

    private void ReadIpv4()
    {
        int bytes = 4 * (Byte(Network) & 15);
        if (Byte(Network) >> 4 != 4 || bytes < 20 || !Has(Network, bytes))
        {
            Network = -1;
            return;
        }
        Protocol = Byte(Network + 9);
        IsFragment = (Word(Network + 6) & 0x3fff) != 0;
        IsLaterFragment = (Word(Network + 6) & 0x1fff) != 0;
        Transport = Network + bytes;
    }

    /// <summary>The protocol behind the extension headers (1.3.5 table 12).</summary>
    private void ReadIpv6()
    {
        if (!Has(Network, 40))
        {
            Network = -1;
            return;
        }
        (int next, int at) = (Byte(Network + 6), Network + 40);
        while (next is 0 or 43 or 44 or 60 && Has(at, 8))
        {
            if (next == 44) (IsFragment, IsLaterFragment) = (true, (Word(at + 2) & 0xfff8) != 0);
            (next, at) = (Byte(at), at + (next == 44 ? 8 : 8 * (Byte(at + 1) + 1)));
        }
        (Protocol, Transport) = (next, at);
    }

    private void AddArp(Dictionary<OxmId, UInt128> fields)
    {
        // The lower eight bits are all that 1.0 has; a larger opcode has no value in this model.
        if (Word(Network + 6) <= byte.MaxValue) fields[OxmId.ArpOpcode] = Word(Network + 6);
        fields[OxmId.ArpSenderEth] = Number(Network + 8, 6);
        fields[OxmId.ArpSenderIpv4] = Number(Network + 14, 4);
        fields[OxmId.ArpTargetEth] = Number(Network + 18, 6);
        fields[OxmId.ArpTargetIpv4] = Number(Network + 24, 4);
    }

    private void AddIp(Dictionary<OxmId, UInt128> fields)
    {
        bool isIpv4 = EthType == Ipv4;
        int service = isIpv4 ? Byte(Network + 1) : (Word(Network) >> 4) & 0xff;
        fields[OxmId.IpProtocol] = (UInt128)Protocol;
        fields[OxmId.IpDscp] = (UInt128)(service >> 2);
        fields[OxmId.IpEcn] = (UInt128)(service & 3);
        if (isIpv4)
        {
            fields[OxmId.Ipv4Source] = Number(Network + 12, 4);
            fields[OxmId.Ipv4Destination] = Number(Network + 16, 4);
            return;
        }
        fields[OxmId.Ipv6FlowLabel] = Number(Network, 4) & 0xfffff;
        fields[OxmId.Ipv6Source] = Number(Network + 8, 16);
        fields[OxmId.Ipv6Destination] = Number(Network + 24, 16);
    }

    /// <summary>A fragment's ports are zero (1.0.0 section 3.4), and so are those of a header that is cut.</summary>
    private void AddTransport(Dictionary<OxmId, UInt128> fields)
    {
        if (FieldTests.TransportFields(Protocol, EthType == Ipv6) is not { } ports) return;
        bool isIcmp = Protocol is 1 or 58;
        bool isThere = !IsFragment && Has(Transport, Protocol == 6 ? 20 : 8);
        fields[ports.Source] = !isThere ? 0 : isIcmp ? (UInt128)Byte(Transport) : Word(Transport);
        fields[ports.Destination] = !isThere ? 0 : isIcmp ? (UInt128)Byte(Transport + 1) : Word(Transport + 2);
        bool isSolicitation = Protocol == 58 && Byte(Transport) is 135 or 136 && Has(Transport, 24);
        if (isThere && isSolicitation) fields[OxmId.Ipv6NdTarget] = Number(Transport + 8, 16);
    }

    /// <summary>The same frame with other bytes at a place; the checksums at the given places follow (RFC 1624, so that
    /// what was wrong stays wrong).</summary>
    internal ReferencePacket Write(int at, ReadOnlySpan<byte> value, params ReadOnlySpan<int> checksums)
    {
        if (!Has(at, value.Length)) return this;
        byte[] bytes = [.. Bytes];
        value.CopyTo(bytes.AsSpan(at));
        foreach (int place in checksums)
        {
            if (!Has(place, 2)) continue;
            uint sum = (uint)(ushort)~Word(place);
            for (int i = at & ~1; i < at + value.Length; i += 2)
                sum += (uint)(ushort)~Word(i) + (uint)((bytes[i] << 8) | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
            while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(place), (ushort)~sum);
        }
        return new ReferencePacket([.. bytes], SkipsAllTags);
    }
}
