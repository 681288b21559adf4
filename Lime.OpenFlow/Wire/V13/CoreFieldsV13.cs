using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>The match fields that have a place in <see cref="PacketFields"/>, there and back.</summary>
internal static class CoreFieldsV13
{
    private static readonly CorePlaceV13[] Places = MakePlaces();

    /// <summary>Bits that no field has.</summary>
    private static readonly PacketFields Unused = new(0, 0, 0xff, 0, 0xffff_ffff);

    public static ref readonly CorePlaceV13 PlaceOf(OxmId id) => ref Places[(int)id];

    /// <summary>Whether a decoded field goes to the core: an ARP opcode over 255 doesn't fit, and the fields of RARP
    /// are not those of ARP.</summary>
    public static bool Fits(OxmId id, ulong value, ushort ethType) => id switch
    {
        OxmId.ArpOpcode => value <= byte.MaxValue && ethType == PrerequisitesV13.EthTypeArp,
        OxmId.ArpSenderIpv4 or OxmId.ArpTargetIpv4 => ethType == PrerequisitesV13.EthTypeArp,
        _ => PlaceOf(id).Bits != 0,
    };

    /// <summary>Which match fields the core of <paramref name="match"/> stands for: bit n for field n.</summary>
    /// <exception cref="UnsupportedByVersionException">A field without what it needs, masked where it can't be, or with
    /// a value over its size.</exception>
    public static ulong SetOf(in Match match)
    {
        PacketFields mask = match.Mask;
        if (mask.And(Unused) != default) throw LimitsV13.Unsupported("Match.Mask");
        ulong set = 0;
        Add(ref set, match, OxmId.InPort);
        Add(ref set, match, OxmId.EthDestination);
        Add(ref set, match, OxmId.EthSource);
        Add(ref set, match, OxmId.EthType);
        Add(ref set, match, OxmId.VlanId);
        Add(ref set, match, OxmId.VlanPriority);
        bool hasNetworkFields = ((byte)mask.W1 | (mask.W2 & 0xff00) | mask.W3 | mask.W4) != 0;
        if (hasNetworkFields) AddNetworkFields(ref set, match);
        return set;
    }

    /// <summary>A field's value and mask, as many bits as in the core.</summary>
    public static (ulong Value, ulong Mask) Get(in Match match, OxmId id)
    {
        ref readonly CorePlaceV13 place = ref PlaceOf(id);
        return ((WordOf(match.Values, place.Word) >> place.Shift) & place.Whole,
            (WordOf(match.Mask, place.Word) >> place.Shift) & place.Whole);
    }

    /// <summary>Fields with nothing but <paramref name="bits"/> in the place of <paramref name="id"/>.</summary>
    public static PacketFields Put(OxmId id, ulong bits)
    {
        ref readonly CorePlaceV13 place = ref PlaceOf(id);
        ulong word = bits << place.Shift;
        return place.Word switch
        {
            0 => new PacketFields(word, 0, 0, 0, 0),
            1 => new PacketFields(0, word, 0, 0, 0),
            2 => new PacketFields(0, 0, word, 0, 0),
            3 => new PacketFields(0, 0, 0, word, 0),
            _ => new PacketFields(0, 0, 0, 0, word),
        };
    }

    private static void AddNetworkFields(ref ulong set, in Match match)
    {
        ushort ethType = match.Values.EthType;
        if (ethType == PrerequisitesV13.EthTypeArp)
        {
            Add(ref set, match, OxmId.ArpOpcode);
            Add(ref set, match, OxmId.ArpSenderIpv4);
            Add(ref set, match, OxmId.ArpTargetIpv4);
            Refuse(match, OxmId.IpDscp, OxmId.IpEcn);
            Refuse(match, OxmId.TcpSource, OxmId.TcpDestination);
            return;
        }
        bool isIpv4 = ethType == PrerequisitesV13.EthTypeIpv4;
        bool isIp = isIpv4 || ethType == PrerequisitesV13.EthTypeIpv6;
        if (!isIp) Refuse(match, OxmId.IpProtocol, OxmId.IpDscp, OxmId.IpEcn);
        Add(ref set, match, OxmId.IpDscp);
        Add(ref set, match, OxmId.IpEcn);
        Add(ref set, match, OxmId.IpProtocol);
        if (!isIpv4) Refuse(match, OxmId.Ipv4Source, OxmId.Ipv4Destination);
        Add(ref set, match, OxmId.Ipv4Source);
        Add(ref set, match, OxmId.Ipv4Destination);
        if (match.Mask.W4 != 0) AddTransportFields(ref set, match, isIpv4);
    }

    private static void AddTransportFields(ref ulong set, in Match match, bool isIpv4)
    {
        byte protocol = match.Mask.IpProtocol == 0 ? (byte)0 : match.Values.IpProtocol;
        OxmId? source = protocol switch
        {
            6 => OxmId.TcpSource,
            17 => OxmId.UdpSource,
            132 => OxmId.SctpSource,
            1 when isIpv4 => OxmId.Icmpv4Type,
            58 when !isIpv4 => OxmId.Icmpv6Type,
            _ => null,
        };
        if (source is not { } id)
        {
            Refuse(match, OxmId.TcpSource, OxmId.TcpDestination);
            return;
        }
        Add(ref set, match, id);
        Add(ref set, match, id + 1);
    }

    /// <summary>Counts the field in if it is matched, provided that 1.3 can say so.</summary>
    private static void Add(ref ulong set, in Match match, OxmId id)
    {
        (ulong value, ulong mask) = Get(match, id);
        if (mask == 0) return;
        ref readonly OxmShapeV13 shape = ref OxmFieldsV13.ShapeOf(id);
        ref readonly CorePlaceV13 place = ref PlaceOf(id);
        bool isMaskSayable = mask == place.Whole || (shape.IsMaskable && (mask & ~shape.Whole) == 0);
        bool needsTag = id == OxmId.VlanPriority && (match.Values.VlanId & PacketFields.VlanPresent) == 0;
        if (!isMaskSayable || (value & ~shape.Whole) != 0 || needsTag) throw LimitsV13.Unsupported(place.Name);
        set |= 1ul << (int)id;
    }

    private static void Refuse(in Match match, params ReadOnlySpan<OxmId> ids)
    {
        foreach (OxmId id in ids)
        {
            if (Get(match, id).Mask != 0) throw LimitsV13.Unsupported(PlaceOf(id).Name);
        }
    }

    private static ulong WordOf(in PacketFields fields, int word) => word switch
    {
        0 => fields.W0,
        1 => fields.W1,
        2 => fields.W2,
        3 => fields.W3,
        _ => fields.W4,
    };

    private static CorePlaceV13[] MakePlaces()
    {
        var places = new CorePlaceV13[OxmFieldsV13.Count];
        places[(int)OxmId.InPort] = new(0, 32, 32, "Match.InPort");
        places[(int)OxmId.EthType] = new(0, 16, 16, "Match.EthType");
        places[(int)OxmId.VlanId] = new(0, 0, 16, "Match.VlanId");
        places[(int)OxmId.EthSource] = new(1, 16, 48, "Match.EthSource");
        places[(int)OxmId.VlanPriority] = new(1, 8, 8, "Match.VlanPriority");
        places[(int)OxmId.IpProtocol] = places[(int)OxmId.ArpOpcode] = new(1, 0, 8, "Match.IpProtocol");
        places[(int)OxmId.EthDestination] = new(2, 16, 48, "Match.EthDestination");
        places[(int)OxmId.IpDscp] = new(2, 10, 6, "Match.IpTos");
        places[(int)OxmId.IpEcn] = new(2, 8, 2, "Match.IpEcn");
        places[(int)OxmId.Ipv4Source] = places[(int)OxmId.ArpSenderIpv4] = new(3, 32, 32, "Match.Ipv4Source");
        places[(int)OxmId.Ipv4Destination] = places[(int)OxmId.ArpTargetIpv4] = new(3, 0, 32, "Match.Ipv4Destination");
        ReadOnlySpan<OxmId> sources =
            [OxmId.TcpSource, OxmId.UdpSource, OxmId.SctpSource, OxmId.Icmpv4Type, OxmId.Icmpv6Type];
        foreach (OxmId source in sources)
        {
            places[(int)source] = new(4, 48, 16, "Match.TransportSource");
            places[(int)source + 1] = new(4, 32, 16, "Match.TransportDestination");
        }
        return places;
    }
}
