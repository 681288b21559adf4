using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Wire;

/// <summary>Seeded values of everything that OpenFlow 1.0 can say, in the form in which it reads.</summary>
internal sealed class MessageGenerator(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>One message of every kind and statistics type.</summary>
    public IEnumerable<object> EveryMessage() =>
    [
        new HelloMessage((byte)Up(255), Bytes()),
        new ErrorMessage(Pick(ErrorType.HelloFailed, ErrorType.BadRequest, ErrorType.BadAction,
            ErrorType.PortModFailed, ErrorType.QueueOperationFailed), U16(), Bytes()),
        new ErrorMessage(ErrorType.FlowModFailed, Pick(ErrorCodes.TableFull, ErrorCodes.Overlap,
            ErrorCodes.FlowModPermission, ErrorCodes.FlowModBadTimeout, ErrorCodes.FlowModBadCommand,
            ErrorCodes.FlowModUnsupportedActions, (ushort)0x8006, (ushort)0x8123), Bytes()),
        new EchoRequest(Bytes()),
        new EchoReply(Bytes()),
        new ExperimenterMessage(U32(), Bytes()),
        new FeaturesRequest(),
        new FeaturesReply(new DatapathId(U64()), U32(), (byte)Up(255), Capabilities(), U32(), List(PortDescription)),
        new GetConfigRequest(),
        new GetConfigReply(U16(), U16()),
        new SetConfig(U16(), U16()),
        new PacketInCopy(new BufferId(U32()), U16(), Port(),
            Pick(PacketInReason.NoMatch, PacketInReason.Action),
            [.. Bytes()]),
        new FlowRemoved(Match(), new Cookie(U64()), U16(), (FlowRemovedReason)Up(2), Duration(), U16(),
            U64(), U64()),
        new PortStatus((PortStatusReason)Up(2), PortDescription()),
        new PacketOutCopy(new BufferId(U32()), Port(), Actions(), [.. Bytes()]),
        FlowMod(),
        new PortMod(Port(), Mac(), (PortConfig)U32(), (PortConfig)U32(), PortFeatures()),
        new RoleRequest(Role(), 0),
        new RoleReply(Role(), ulong.MaxValue),
        new BarrierRequest(),
        new BarrierReply(),
        new QueueGetConfigRequest(Port()),
        QueueConfiguration(),
        .. EveryRequest(),
        .. EveryReply(),
    ];

    public Match Match()
    {
        var values = new PacketFields(U64(), U64(), U64(), U64(), U64());
        Match match = Lime.OpenFlow.Matching.Match.Any;
        if (Coin()) match = match.WithInPort(Port());
        if (Coin()) match = Coin() ? match.WithoutVlanTag() : match.WithVlanId((ushort)Up(4095));
        if (Coin()) match = match.WithVlanPriority((byte)Up(7));
        if (Coin()) match = match.WithIpv4Source(values.Ipv4Source, Up(32));
        if (Coin()) match = match.WithIpv4Destination(values.Ipv4Destination, Up(32));
        PacketFields[] whole =
        [
            FieldMasks.EthType, FieldMasks.EthSource, FieldMasks.EthDestination, FieldMasks.IpProtocol,
            FieldMasks.IpTos, FieldMasks.TransportSource, FieldMasks.TransportDestination,
        ];
        foreach (PacketFields mask in whole.Where(_ => Coin())) match = match.With(values, mask);
        return match;
    }

    private IEnumerable<object> EveryRequest() =>
    [
        new DescriptionRequest(),
        new FlowStatisticsRequest(Match(), new TableId((byte)Up(255)), Port()),
        new AggregateStatisticsRequest(Match(), new TableId((byte)Up(255)), Port()),
        new TableStatisticsRequest(),
        new PortStatisticsRequest(Port()),
        new QueueStatisticsRequest(Port(), new QueueId(U32())),
        new ExperimenterMultipartRequest(U32(), Bytes()),
        new OpaqueMultipartRequest((MultipartType)(6 + Up(0xfff0)), Bytes()),
    ];

    private IEnumerable<object> EveryReply() =>
    [
        new DescriptionReply(Text(255), Text(255), Text(255), Text(31), Text(255)) { HasMore = Coin() },
        new FlowStatisticsReply(List(Flow)) { HasMore = Coin() },
        new AggregateStatisticsReply(U64(), U64(), U32()) { HasMore = Coin() },
        new TableStatisticsReply(List(Table)) { HasMore = Coin() },
        new PortStatisticsReply(List(PortCounters)) { HasMore = Coin() },
        new QueueStatisticsReply(List(Queue)) { HasMore = Coin() },
        new ExperimenterMultipartReply(U32(), Bytes()) { HasMore = Coin() },
        new OpaqueMultipartReply((MultipartType)(6 + Up(0xfff0)), Bytes()) { HasMore = Coin() },
    ];

    private ControllerRole Role() => Pick(ControllerRole.Equal, ControllerRole.Master, ControllerRole.Slave);

    private QueueGetConfigReply QueueConfiguration()
    {
        PortNumber port = Port();
        return new(port, List(() => new PacketQueue(new QueueId(U32()), QueueProperties()) { Port = port }));
    }

    /// <summary>A rate, none, or one whose type is later than any.</summary>
    private ImmutableArray<byte> QueueProperties() => Up(2) switch
    {
        0 => [],
        1 => [0, 1, 0, 16, 0, 0, 0, 0, (byte)Up(255), (byte)Up(255), 0, 0, 0, 0, 0, 0],
        _ => [0xff, (byte)Up(255), 0, 12, 0, 0, 0, 0, 1, 2, 3, 4],
    };

    private FlowMod FlowMod() => new()
    {
        Command = (FlowModCommand)Up(4),
        Match = Match(),
        Cookie = new Cookie(U64()),
        IdleTimeoutSeconds = U16(),
        HardTimeoutSeconds = U16(),
        Priority = U16(),
        BufferId = new BufferId(U32()),
        OutPort = Port(),
        Flags = (FlowModFlags)Up(3) | (Coin() ? FlowModFlags.Emergency : FlowModFlags.None),
        Actions = Actions(),
    };

    private FlowStatistics Flow() => new()
    {
        Table = new TableId((byte)Up(255)),
        Match = Match(),
        Duration = Duration(),
        Priority = U16(),
        IdleTimeoutSeconds = U16(),
        HardTimeoutSeconds = U16(),
        Cookie = new Cookie(U64()),
        PacketCount = U64(),
        ByteCount = U64(),
        Actions = Actions(),
    };

    private TableStatistics Table() => new()
    {
        Table = new TableId((byte)Up(255)),
        Name = Text(31),
        Wildcards = U32(),
        EntriesMax = U32(),
        ActiveCount = U32(),
        LookupCount = U64(),
        MatchedCount = U64(),
    };

    private PortStatistics PortCounters() => new()
    {
        Port = Port(),
        ReceivedPackets = U64(),
        SentPackets = U64(),
        ReceivedBytes = U64(),
        SentBytes = U64(),
        ReceiveDropped = U64(),
        SendDropped = U64(),
        ReceiveErrors = U64(),
        SendErrors = U64(),
        FrameErrors = U64(),
        OverrunErrors = U64(),
        CrcErrors = U64(),
        Collisions = U64(),
    };

    private QueueStatistics Queue() => new()
    {
        Port = Port(),
        Queue = new QueueId(U32()),
        SentBytes = U64(),
        SentPackets = U64(),
        SendErrors = U64(),
    };

    private PortDescription PortDescription() => new(Port(), Mac(), Text(15))
    {
        Config = (PortConfig)U32(),
        State = U32(),
        CurrentFeatures = PortFeatures(),
        AdvertisedFeatures = PortFeatures(),
        SupportedFeatures = PortFeatures(),
        PeerFeatures = PortFeatures(),
    };

    /// <summary>Any that 1.0 can say: speeds up to 10 Gb/s, media, and bits without a meaning.</summary>
    private PortFeatures PortFeatures() =>
        (PortFeatures)((U32() & 0x7f) | (U32() & 0xf800) | ((ulong)(U32() & 0xffff_f000) << 32));

    private SwitchCapabilities Capabilities() => (SwitchCapabilities)(U32() & ~8u)
        | (Coin() ? SwitchCapabilities.SpanningTree : SwitchCapabilities.None);

    private ActionList Actions() => ActionList.Of([.. List(Action)]);

    private FlowAction Action() => Up(12) switch
    {
        0 => FlowAction.Output(
            Port() is var port && (port == PortNumber.Controller || port == PortNumber.Any) ? default : port),
        1 => FlowAction.Output(PortNumber.Controller, U16()),
        2 => FlowAction.Enqueue(Pick(PortNumber.InPort, new PortNumber((uint)Up(0xff00))), new QueueId(U32())),
        3 => FlowAction.SetVlanId((ushort)Up(4095)),
        4 => FlowAction.SetVlanPriority((byte)Up(7)),
        5 => FlowAction.StripVlan(),
        6 => FlowAction.SetEthSource(Mac()),
        7 => FlowAction.SetEthDestination(Mac()),
        8 => FlowAction.SetIpv4Source(new Ipv4Address(U32())),
        9 => FlowAction.SetIpv4Destination(new Ipv4Address(U32())),
        10 => FlowAction.SetIpTos((byte)Up(255)),
        11 => Coin() ? FlowAction.SetTransportSource(U16()) : FlowAction.SetTransportDestination(U16()),
        _ => Opaque(),
    };

    private FlowAction Opaque()
    {
        byte[] bytes = new byte[8 * (1 + Up(3))];
        _random.NextBytes(bytes);
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (0xff, (byte)Up(255), 0, (byte)bytes.Length);
        return FlowAction.Opaque(bytes);
    }

    private PortNumber Port() => new(Coin() ? (uint)Up(0xff00) : 0xfffffff8 + (uint)Up(7));

    private MacAddress Mac() => new(U64() >> 16);

    private Duration Duration() => new(U32(), U32());

    private string Text(int charsMax) =>
        new([.. Enumerable.Range(0, Up(charsMax)).Select(_ => (char)(1 + Up(254)))]);

    private ImmutableArray<byte> Bytes()
    {
        byte[] bytes = new byte[Up(40)];
        _random.NextBytes(bytes);
        return [.. bytes];
    }

    private ImmutableArray<T> List<T>(Func<T> next) => [.. Enumerable.Range(0, Up(4)).Select(_ => next())];

    private T Pick<T>(params T[] values) => values[Up(values.Length - 1)];

    private bool Coin() => Up(1) == 1;

    private ushort U16() => (ushort)Up(0xffff);

    private uint U32() => (uint)_random.NextInt64(0x1_0000_0000);

    private ulong U64() => ((ulong)U32() << 32) | U32();

    private int Up(int max) => _random.Next(max + 1);
}
