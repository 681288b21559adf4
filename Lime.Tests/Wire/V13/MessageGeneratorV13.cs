using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire.V13;

/// <summary>Seeded values of what OpenFlow 1.3 can say, in the form in which it reads.</summary>
internal sealed class MessageGeneratorV13(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>One message of every kind that neither asks for statistics nor changes groups and meters.</summary>
    public IEnumerable<object> EveryMessage() =>
    [
        new HelloMessage((byte)Up(255), Bytes()),
        new ErrorMessage((ErrorType)U16(), U16(), Bytes()),
        new EchoRequest(Bytes()),
        new EchoReply(Bytes()),
        new ExperimenterMessage(U32() & 0xffff, [.. Bytes(), .. new byte[4]]),
        new FeaturesRequest(),
        new FeaturesReply(new DatapathId(U64()), U32(), (byte)Up(255), (SwitchCapabilities)U32(), U32(), [])
        {
            AuxiliaryId = (byte)Up(255),
        },
        new GetConfigRequest(),
        new GetConfigReply(U16(), U16()),
        new SetConfig(U16(), U16()),
        PacketIn(),
        new FlowRemoved(Match(), new Cookie(U64()), U16(), (FlowRemovedReason)Up(3),
            TimeSpan.FromTicks((long)(U32() * 10_000_000ul) + Up(9_999_999)), U16(), U64(), U64())
        {
            Table = Table(),
            HardTimeoutSeconds = U16(),
        },
        new PortStatus((PortStatusReason)Up(2), Port()),
        new PacketOutCopy(new BufferId(U32()), new PortNumber(U32()), Actions(), [.. Bytes()]),
        FlowMod(),
        new PortMod(new PortNumber(U32()), Mac(), (PortConfig)U32(), (PortConfig)U32(), (PortFeatures)U32()),
        new BarrierRequest(),
        new BarrierReply(),
    ];

    /// <summary>A match with each field at random, where what it needs is there.</summary>
    public Match Match()
    {
        var match = Lime.OpenFlow.Matching.Match.Any;
        if (Coin()) match = match.WithInPort(new PortNumber(U32()));
        if (Coin()) match = match.WithEthSource(Mac());
        if (Coin()) match = WithMasked(match, new(0, 0, ulong.MaxValue << 16, 0, 0));
        if (Coin()) match = Coin() ? match.WithoutVlanTag() : match.WithVlanId((ushort)Up(4095));
        bool hasTag = (match.Values.VlanId & PacketFields.VlanPresent) != 0;
        if (hasTag && Coin()) match = match.WithVlanPriority((byte)Up(7));
        var further = new List<OxmField>();
        if (Coin()) further.Add(OxmField.Of(OxmId.Metadata, Raw(8)));
        if (Coin()) further.Add(Masked(OxmId.TunnelId, 8));
        if (Coin()) further.Add(OxmField.FromBytes([0xff, 0xff, (byte)(Up(127) << 1), 6, .. Raw(6)]));
        if (Coin()) further.Add(OxmField.FromBytes([0, 1, (byte)((Up(127) << 1) | 1), 4, .. Raw(4)]));
        match = Pick(0x0800, 0x86dd, 0x0806, 0x8847, 0x88cc) switch
        {
            0x0800 => Ipv4(match.WithEthType(0x0800)),
            0x86dd => Ipv6(match.WithEthType(0x86dd), further),
            0x0806 => Arp(match.WithEthType(0x0806), further),
            0x8847 => Mpls(match.WithEthType(0x8847), further),
            _ => match,
        };
        return match.WithFurther(FurtherFields.Of([.. further]));
    }

    private Match Ipv4(Match match)
    {
        if (Coin()) match = WithMasked(match, new(0, 0, 0, 0xffff_ffff_0000_0000, 0));
        if (Coin()) match = match.WithIpv4Destination(new Ipv4Address(U32()), Up(32));
        return Ip(match, Pick(1, 6, 17, 132, 89), 1);
    }

    private Match Ipv6(Match match, List<OxmField> further)
    {
        if (Coin()) further.Add(OxmField.Of(OxmId.Ipv6Source, Raw(16)));
        if (Coin()) further.Add(Masked(OxmId.Ipv6Destination, 16));
        if (Coin()) further.Add(OxmField.Of(OxmId.Ipv6FlowLabel, [0, (byte)Up(15), .. Raw(2)]));
        if (Coin()) further.Add(OxmField.Of(OxmId.Ipv6ExtensionHeaders, [(byte)Up(1), .. Raw(1)]));
        match = Ip(match, Pick(6, 17, 58, 132, 89), 58);
        bool isSolicitation = match.Values.IpProtocol == 58 && match.Mask.TransportSource != 0
            && match.Values.TransportSource == 135;
        if (isSolicitation) further.Add(OxmField.Of(OxmId.Ipv6NdTarget, Raw(16)));
        if (isSolicitation) further.Add(OxmField.Of(OxmId.Ipv6NdSourceEth, Raw(6)));
        return match;
    }

    private Match Ip(Match match, int protocol, int icmp)
    {
        if (Coin()) match = match.WithIpTos((byte)Up(255));
        if (Coin()) match = match.WithIpEcn((byte)Up(3));
        if (Coin()) return match;
        match = match.WithIpProtocol((byte)protocol);
        if (protocol == 89) return match;
        bool isIcmp = protocol == icmp;
        if (Coin()) match = match.WithTransportSource(isIcmp ? (ushort)Pick(8, 128, 135) : U16());
        if (Coin()) match = match.WithTransportDestination((ushort)Up(isIcmp ? 255 : 65535));
        return match;
    }

    private Match Arp(Match match, List<OxmField> further)
    {
        if (Coin()) match = match.WithIpProtocol((byte)Up(255));
        if (Coin()) match = match.WithIpv4Source(new Ipv4Address(U32()), Up(32));
        if (Coin()) further.Add(OxmField.Of(OxmId.ArpSenderEth, Raw(6)));
        if (Coin()) further.Add(Masked(OxmId.ArpTargetEth, 6));
        return match;
    }

    private Match Mpls(Match match, List<OxmField> further)
    {
        if (Coin()) further.Add(OxmField.Of(OxmId.MplsLabel, [0, (byte)Up(15), .. Raw(2)]));
        if (Coin()) further.Add(OxmField.Of(OxmId.MplsBottomOfStack, [(byte)Up(1)]));
        return match;
    }

    private Match WithMasked(Match match, PacketFields whole)
    {
        var bits = new PacketFields(U64(), U64(), U64(), U64(), U64());
        PacketFields mask = new PacketFields(U64(), U64(), U64(), U64(), U64()).And(whole);
        return mask != default ? match.With(bits, mask) : match;
    }

    /// <summary>A field under a mask that is neither all ones nor all zeros.</summary>
    private OxmField Masked(OxmId id, int bytes)
    {
        byte[] mask = Raw(bytes);
        (mask[0], mask[^1]) = ((byte)(mask[0] | 1), (byte)(mask[^1] & 0xfe));
        byte[] value = [.. Raw(bytes).Zip(mask, (bits, each) => (byte)(bits & each))];
        return OxmField.Of(id, value, mask);
    }

    private PacketInCopy PacketIn()
    {
        var port = new PortNumber(U32());
        byte[] inPort = [0x80, 0, 0, 4, (byte)(port.Value >> 24), (byte)(port.Value >> 16), (byte)(port.Value >> 8),
            (byte)port.Value];
        byte[] metadata = [0x80, 0, 4, 8, .. Raw(8)];
        byte[] unknown = [0, 1, 8, 3, .. Raw(3)];
        return new PacketInCopy(new BufferId(U32()), U16(), port, (PacketInReason)Up(2), [.. Bytes()])
        {
            Table = Table(),
            Cookie = new Cookie(U64()),
            MatchFields = Up(2) switch { 0 => inPort, 1 => [.. inPort, .. metadata], _ => [.. unknown, .. inPort] },
        };
    }

    private FlowMod FlowMod() => new()
    {
        Command = (FlowModCommand)Up(4),
        Match = Match(),
        Table = Table(),
        Cookie = new Cookie(U64()),
        CookieMask = new Cookie(U64()),
        IdleTimeoutSeconds = U16(),
        HardTimeoutSeconds = U16(),
        Priority = U16(),
        BufferId = new BufferId(U32()),
        OutPort = new PortNumber(U32()),
        OutGroup = new GroupId(U32()),
        Flags = (FlowModFlags)Up(31),
        Actions = Actions(),
        Instructions = Instructions(),
    };

    public FlowInstructions Instructions()
    {
        if (Coin()) return FlowInstructions.None;
        ulong mask = U64();
        return new FlowInstructions
        {
            Meter = Coin() ? new MeterId(U32()) : null,
            ClearsActions = Coin(),
            WriteActions = Coin() ? Actions() : null,
            Metadata = U64() & mask,
            MetadataMask = mask,
            GoToTable = Coin() ? Table() : null,
            Opaque = Coin() ? [] : [[0xff, 0xff, 0, 16, .. Raw(12)], [0, (byte)(7 + Up(248)), 0, 8, .. Raw(4)]],
        };
    }

    public ActionList Actions() => ActionList.Of([.. Enumerable.Range(0, Up(4)).Select(_ => Action())]);

    private FlowAction Action() => Up(21) switch
    {
        0 => FlowAction.Output(new PortNumber((uint)Up(0xff00))),
        1 => FlowAction.Output(PortNumber.Controller, U16()),
        2 => FlowAction.StripVlan(),
        3 => FlowAction.SetEthSource(Mac()),
        4 => FlowAction.SetEthDestination(Mac()),
        5 => FlowAction.SetIpv4Source(new Ipv4Address(U32())),
        6 => FlowAction.SetIpv4Destination(new Ipv4Address(U32())),
        7 => FlowAction.SetIpTos((byte)(Up(63) << 2)),
        8 => FlowAction.PushVlan(U16()),
        9 => FlowAction.PushMpls(U16()),
        10 => FlowAction.PopMpls(U16()),
        11 => FlowAction.PushPbb(U16()),
        12 => FlowAction.PopPbb(),
        13 => FlowAction.SetMplsTtl((byte)Up(255)),
        14 => Coin() ? FlowAction.DecrementMplsTtl() : FlowAction.DecrementIpTtl(),
        15 => FlowAction.SetIpTtl((byte)Up(255)),
        16 => Coin() ? FlowAction.CopyTtlIn() : FlowAction.CopyTtlOut(),
        17 => FlowAction.SetQueue(new QueueId(U32())),
        18 => FlowAction.Group(new GroupId(U32())),
        19 => FlowAction.SetField(OxmField.Of(OxmId.Ipv6Source, Raw(16))),
        20 => FlowAction.SetField(OxmField.Of(OxmId.TcpDestination, Raw(2))),
        _ => FlowAction.Opaque([0xff, 0xff, 0, 16, .. Raw(12)]),
    };

    public PortDescription Port() => new(new PortNumber(U32()), Mac(), new string('p', Up(15)))
    {
        Config = (PortConfig)U32(),
        State = U32(),
        CurrentFeatures = (PortFeatures)U32(),
        AdvertisedFeatures = (PortFeatures)U32(),
        SupportedFeatures = (PortFeatures)U32(),
        PeerFeatures = (PortFeatures)U32(),
        CurrentSpeedKbps = U32(),
        MaxSpeedKbps = U32(),
    };

    public TableId Table() => new((byte)Up(255));

    private MacAddress Mac() => new(U64() >> 16);

    public byte[] Raw(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public ImmutableArray<byte> Bytes() => [.. Raw(Up(40))];

    private T Pick<T>(params T[] values) => values[Up(values.Length - 1)];

    public bool Coin() => Up(1) == 1;

    public ushort U16() => (ushort)Up(0xffff);

    public uint U32() => (uint)_random.NextInt64(0x1_0000_0000);

    public ulong U64() => ((ulong)U32() << 32) | U32();

    public int Up(int max) => _random.Next(max + 1);
}
