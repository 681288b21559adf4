using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Wire.V13;

/// <summary>Seeded values of the messages of OpenFlow 1.3 that ask for statistics, tell them, or change groups, meters
/// and what else is not a rule or a port.</summary>
internal sealed class ControlGeneratorV13(int seed)
{
    private readonly MessageGeneratorV13 _parts = new(seed);

    public IEnumerable<OpenFlowMessage> EveryMessage() =>
    [
        new GroupMod((GroupModCommand)_parts.Up(2), (GroupType)_parts.Up(255), Group(), List(Bucket)),
        new MeterMod((MeterModCommand)_parts.Up(2), (MeterFlags)_parts.U16(), Meter(), List(Band)),
        new TableMod(_parts.Table(), _parts.U32()),
        new QueueGetConfigRequest(Port()),
        new QueueGetConfigReply(Port(), List(Queue)),
        new RoleRequest((ControllerRole)_parts.Up(3), _parts.U64()),
        new RoleReply((ControllerRole)_parts.U32(), _parts.U64()),
        new GetAsyncRequest(),
        new GetAsyncReply(Masks()),
        new SetAsync(Masks()),
        new BundleControl(new BundleId(_parts.U32()), (BundleControlType)_parts.U16(), (BundleFlags)_parts.U16())
        {
            Properties = _parts.Bytes(),
        },
        new BundleAdd(new BundleId(_parts.U32()), (BundleFlags)_parts.U16(), [4, 20, 0, 8, 0, 0, 0, 0]),
        new BundleAdd(new BundleId(_parts.U32()), default, [4, 2, 0, 11, 0, 0, 0, 0, .. _parts.Raw(3)])
        {
            Properties = [.. _parts.Raw(9)],
        },
        .. EveryRequest(),
        .. EveryReply(),
    ];

    private IEnumerable<MultipartRequest> EveryRequest() =>
    [
        new DescriptionRequest { HasMore = _parts.Coin() },
        new FlowStatisticsRequest(_parts.Match(), _parts.Table(), Port())
            { OutGroup = Group(), Cookie = Cookie(), CookieMask = Cookie(), HasMore = _parts.Coin() },
        new AggregateStatisticsRequest(_parts.Match(), _parts.Table(), Port())
            { OutGroup = Group(), Cookie = Cookie(), CookieMask = Cookie() },
        new TableStatisticsRequest(),
        new PortStatisticsRequest(Port()),
        new QueueStatisticsRequest(Port(), new QueueId(_parts.U32())),
        new GroupStatisticsRequest(Group()),
        new GroupDescriptionRequest(),
        new GroupFeaturesRequest(),
        new MeterStatisticsRequest(Meter()),
        new MeterConfigurationRequest(Meter()),
        new MeterFeaturesRequest(),
        new TableFeaturesRequest(List(Features)) { HasMore = _parts.Coin() },
        new PortDescriptionRequest(),
        new ExperimenterMultipartRequest(_parts.U32(), [.. _parts.Raw(4), .. _parts.Bytes()]),
        new OpaqueMultipartRequest((MultipartType)(14 + _parts.Up(0xfff0)), _parts.Bytes()),
    ];

    private IEnumerable<MultipartReply> EveryReply() =>
    [
        new DescriptionReply("m", "h", "s", "n", "d") { HasMore = _parts.Coin() },
        new FlowStatisticsReply(List(Flow)) { HasMore = _parts.Coin() },
        new AggregateStatisticsReply(_parts.U64(), _parts.U64(), _parts.U32()),
        new TableStatisticsReply(List(() => new TableStatistics
        {
            Table = _parts.Table(), ActiveCount = _parts.U32(), LookupCount = _parts.U64(),
            MatchedCount = _parts.U64(),
        })),
        new PortStatisticsReply(List(() => new PortStatistics
        {
            Port = Port(), ReceivedPackets = _parts.U64(), Collisions = _parts.U64(), Duration = Duration(),
        })),
        new QueueStatisticsReply(List(() => new QueueStatistics
        {
            Port = Port(), Queue = new QueueId(_parts.U32()), SentBytes = _parts.U64(), Duration = Duration(),
        })),
        new GroupStatisticsReply(List(() => new GroupStatistics
        {
            Group = Group(), ReferenceCount = _parts.U32(), PacketCount = _parts.U64(), Duration = Duration(),
            Buckets = List(Counter),
        })),
        new GroupDescriptionReply(List(() => new GroupDescription(Group(), (GroupType)_parts.Up(255), List(Bucket)))),
        new GroupFeaturesReply(_parts.U32(), _parts.U32(), Four(), Four()),
        new MeterStatisticsReply(List(() => new MeterStatistics
        {
            Meter = Meter(), FlowCount = _parts.U32(), ByteCount = _parts.U64(), Duration = Duration(),
            Bands = List(Counter),
        })),
        new MeterConfigurationReply(List(() =>
            new MeterConfiguration(Meter(), (MeterFlags)_parts.U16(), List(Band)))),
        new MeterFeaturesReply(_parts.U32(), _parts.U32(), _parts.U32(), (byte)_parts.Up(255), (byte)_parts.Up(255)),
        new TableFeaturesReply(List(Features)) { HasMore = _parts.Coin() },
        new PortDescriptionReply(List(_parts.Port)),
        new ExperimenterMultipartReply(_parts.U32(), [.. _parts.Raw(4), .. _parts.Bytes()]),
        new OpaqueMultipartReply((MultipartType)(14 + _parts.Up(0xfff0)), _parts.Bytes()) { HasMore = _parts.Coin() },
    ];

    private FlowStatistics Flow() => new()
    {
        Table = _parts.Table(),
        Match = _parts.Match(),
        Duration = Duration(),
        Priority = _parts.U16(),
        IdleTimeoutSeconds = _parts.U16(),
        HardTimeoutSeconds = _parts.U16(),
        Cookie = Cookie(),
        PacketCount = _parts.U64(),
        ByteCount = _parts.U64(),
        Flags = (FlowModFlags)_parts.Up(0x7fff),
        Actions = _parts.Actions(),
        Instructions = _parts.Instructions(),
    };

    private TableFeatures Features() => new()
    {
        Table = _parts.Table(),
        Name = new string('t', _parts.Up(31)),
        MetadataMatch = _parts.U64(),
        MetadataWrite = _parts.U64(),
        Config = _parts.U32(),
        EntriesMax = _parts.U32(),
        Properties = List(Property),
    };

    private TableProperty Property() => _parts.Up(4) switch
    {
        0 => new(TablePropertyType.ApplyActions, [0, 0, 0, 4, 0xff, 0xff, 0, 8, .. _parts.Raw(4)]),
        1 => new(TablePropertyType.Match, [0x80, 0, .. _parts.Raw(2), 0xff, 0xff, .. _parts.Raw(6)]),
        2 => new(TablePropertyType.NextTablesMiss, _parts.Bytes()),
        3 => new(TablePropertyType.ExperimenterMiss, [.. _parts.Raw(8), .. _parts.Bytes()]),
        _ => new((TablePropertyType)(16 + _parts.Up(1000)), _parts.Bytes()),
    };

    private GroupBucket Bucket() => new(_parts.Actions())
    {
        Weight = _parts.U16(),
        WatchPort = Port(),
        WatchGroup = Group(),
    };

    private MeterBand Band() => _parts.Up(3) switch
    {
        0 => new(MeterBandType.Drop, _parts.U32(), _parts.U32()),
        1 => new(MeterBandType.DscpRemark, _parts.U32(), _parts.U32()) { PrecedenceLevel = (byte)_parts.Up(255) },
        2 => new(MeterBandType.Experimenter, _parts.U32(), _parts.U32())
            { Experimenter = _parts.U32(), Bytes = _parts.Bytes() },
        _ => new((MeterBandType)(3 + _parts.Up(1000)), _parts.U32(), _parts.U32()) { Bytes = _parts.Bytes() },
    };

    private PacketQueue Queue() => new(new QueueId(_parts.U32()), QueueProperties()) { Port = Port() };

    /// <summary>None, or a rate and an experimenter's.</summary>
    private ImmutableArray<byte> QueueProperties() => _parts.Coin()
        ? []
        : [0, 2, 0, 16, .. _parts.Raw(12), 0xff, 0xff, 0, 20, .. _parts.Raw(16)];

    private AsyncMasks Masks() =>
        new(_parts.U32(), _parts.U32(), _parts.U32(), _parts.U32(), _parts.U32(), _parts.U32());

    private ImmutableArray<uint> Four() => [_parts.U32(), _parts.U32(), _parts.U32(), _parts.U32()];

    private BucketCounter Counter() => new(_parts.U64(), _parts.U64());

    private Duration Duration() => new(_parts.U32(), _parts.U32());

    private PortNumber Port() => new(_parts.U32());

    private GroupId Group() => new(_parts.U32());

    private MeterId Meter() => new(_parts.U32());

    private Cookie Cookie() => new(_parts.U64());

    private ImmutableArray<T> List<T>(Func<T> next) => [.. Enumerable.Range(0, _parts.Up(3)).Select(_ => next())];
}
