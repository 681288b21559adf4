using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Wire.V13;

/// <summary>Multipart replies of every type.</summary>
internal static class MultipartReplyVectorsV13
{
    private const string TableHex = "00980200 00000000 7432(00*30) (00*7)ff (00*7)0f 00000003 000f4240"
        + "0000000c 00010004 00060004 00000000" + "00020006 0304 0000"
        + "00040014 00000004 00190004 ffff0008 00002320 00000000"
        + "00080014 80000004 80000606 ffff2a04 4f4e4600 00000000" + "fffe000c 12345678 00000001 00000000";

    public static IEnumerable<WireVector> All => [.. Rules, .. Counters, .. Groups, .. Meters, .. Descriptions];

    private static IEnumerable<WireVector> Rules =>
    [
        new("A 1.3 rule, with more to follow", "OFPST_FLOW reply (OF1.3)",
            "04130060 00000005 0001 0001 00000000"
            + "00500100 00000002 06516e81 0064000a 00140001 00000000 0000000000000007 0000000000000003"
            + "000000000000002a 0001000c 80000004 00000001 00000000 00060008 00000005 00010008 02000000",
            new FlowStatisticsReply([new FlowStatistics
            {
                Table = new TableId(1), Match = Match.Any.WithInPort(new PortNumber(1)),
                Duration = new Duration(2, 0x06516e81), Priority = 100, IdleTimeoutSeconds = 10,
                HardTimeoutSeconds = 20, Flags = FlowModFlags.SendFlowRemoved, Cookie = new Cookie(7),
                PacketCount = 3, ByteCount = 42,
                Instructions = new FlowInstructions { Meter = new MeterId(5), GoToTable = new TableId(2) },
            }]) { HasMore = true }),
        new("No 1.3 rules", "OFPST_FLOW reply (OF1.3)", "04130010 00000005 0001 0000 00000000",
            new FlowStatisticsReply([])),
        new("The 1.3 sum of some rules", "OFPST_AGGREGATE reply (OF1.3)",
            "04130028 00000005 0002 0000 00000000 0000000000000003 00000000000000c6 00000001 00000000",
            new AggregateStatisticsReply(3, 198, 1)),
    ];

    private static IEnumerable<WireVector> Counters =>
    [
        new("A 1.3 table's counters", "OFPST_TABLE reply (OF1.3)",
            "04130028 00000005 0003 0000 00000000 01000000 00000003 0000000000000002 0000000000000001",
            new TableStatisticsReply([new TableStatistics
                { Table = new TableId(1), ActiveCount = 3, LookupCount = 2, MatchedCount = 1 }])),
        new("A 1.3 port's counters", "OFPST_PORT reply (OF1.3)",
            "04130080 00000005 0004 0000 00000000 fffffffe 00000000"
            + "0000000000000001 0000000000000002 0000000000000003 0000000000000004 0000000000000005 0000000000000006"
            + "0000000000000007 0000000000000008 0000000000000009 000000000000000a 000000000000000b (ff*8)"
            + "00000005 00000006",
            new PortStatisticsReply([new PortStatistics
            {
                Port = PortNumber.Local, ReceivedPackets = 1, SentPackets = 2, ReceivedBytes = 3, SentBytes = 4,
                ReceiveDropped = 5, SendDropped = 6, ReceiveErrors = 7, SendErrors = 8, FrameErrors = 9,
                OverrunErrors = 10, CrcErrors = 11, Collisions = ulong.MaxValue, Duration = new Duration(5, 6),
            }])),
        new("A queue that doesn't keep its time", "OFPST_QUEUE reply (OF1.3)",
            "04130038 00000005 0005 0000 00000000 00000001 00000007 0000000000000003 0000000000000002"
            + "0000000000000001 ffffffff ffffffff",
            new QueueStatisticsReply([new QueueStatistics
            {
                Port = new PortNumber(1), Queue = new QueueId(7), SentBytes = 3, SentPackets = 2, SendErrors = 1,
                Duration = Duration.Unknown,
            }])),
    ];

    private static IEnumerable<WireVector> Groups =>
    [
        new("A group's counters", "OFPST_GROUP reply (OF1.3)",
            "04130048 00000005 0006 0000 00000000 00380000 00000005 00000002 00000000 0000000000000003"
            + "000000000000002a 00000004 00000005 0000000000000001 000000000000000e",
            new GroupStatisticsReply([new GroupStatistics
            {
                Group = new GroupId(5), ReferenceCount = 2, PacketCount = 3, ByteCount = 42,
                Duration = new Duration(4, 5), Buckets = [new BucketCounter(1, 14)],
            }])),
        new("What groups do", "OFPST_GROUP_DESC reply (OF1.3)",
            "04130050 00000005 0007 0000 00000000 00380100 00000005" + SwitchVectorsV13.BucketsHex
            + "00080000 00000006",
            new GroupDescriptionReply([
                new GroupDescription(new GroupId(5), GroupType.Select, SwitchVectorsV13.Buckets),
                new GroupDescription(new GroupId(6), GroupType.All, [])])),
        new("What groups there can be", "OFPST_GROUP_FEATURES reply (OF1.3)",
            "04130038 00000005 0008 0000 00000000 0000000f 00000007 00000001 00000002 00000003 00000004"
            + "00000001 00000801 00000001 00000001",
            new GroupFeaturesReply(15, 7, [1, 2, 3, 4], [1, 0x801, 1, 1])),
    ];

    private static IEnumerable<WireVector> Meters =>
    [
        new("A meter's counters", "OFPST_METER reply (OF1.3)",
            "04130048 00000005 0009 0000 00000000 00000007 0038 (00*6) 00000002 0000000000000003 000000000000002a"
            + "00000004 00000005 0000000000000001 000000000000000e",
            new MeterStatisticsReply([new MeterStatistics
            {
                Meter = new MeterId(7), FlowCount = 2, PacketCount = 3, ByteCount = 42,
                Duration = new Duration(4, 5), Bands = [new BucketCounter(1, 14)],
            }])),
        new("What meters do", "", "0413005c 00000005 000a 0000 00000000 004c0005 00000009" + SwitchVectorsV13.BandsHex,
            new MeterConfigurationReply([new MeterConfiguration(
                new MeterId(9), MeterFlags.KilobitsPerSecond | MeterFlags.Burst, SwitchVectorsV13.Bands)])),
        new("What meters there can be", "OFPST_METER_FEATURES reply (OF1.3)",
            "04130020 00000005 000b 0000 00000000 00040000 00000002 0000000f 08 02 0000",
            new MeterFeaturesReply(0x40000, 2, 15, 8, 2)),
    ];

    private static IEnumerable<WireVector> Descriptions =>
    [
        new("A 1.3 description", "OFPST_DESC reply (OF1.3)",
            "04130430 00000005 0000 0000 00000000 61(00*255) 62(00*255) 63(00*255) 64(00*31) 65(00*255)",
            new DescriptionReply("a", "b", "c", "d", "e")),
        new("What a table can do, with more to follow", "OFPST_TABLE_FEATURES reply (OF1.3)",
            "041300a8 00000005 000c 0001 00000000" + TableHex,
            new TableFeaturesReply([Table]) { HasMore = true }),
        new("A table property that nobody knows", "",
            "04130060 00000005 000c 0000 00000000 00500100 00000000 (00*32) (00*16) 00000000 00000000"
            + "0077000b 01020304 050607 (00*5)",
            new TableFeaturesReply([new TableFeatures
            {
                Table = new TableId(1),
                Properties = [new TableProperty((TablePropertyType)0x77, [1, 2, 3, 4, 5, 6, 7])],
            }])),
        new("No ports", "OFPST_PORT_DESC reply (OF1.3)", "04130010 00000005 000d 0000 00000000",
            new PortDescriptionReply([])),
        new("A port", "OFPST_PORT_DESC reply (OF1.3)",
            "04130050 00000005 000d 0000 00000000 00000003 00000000 0a0000000003 0000 7033(00*14)"
            + "00000001 00000004 00002840 00000000 00000000 00000000 00000007 00000008",
            new PortDescriptionReply([new PortDescription(new(3), MacAddress.Parse("0a:00:00:00:00:03"), "p3")
            {
                Config = PortConfig.PortDown, State = 4, CurrentFeatures = (PortFeatures)0x2840,
                CurrentSpeedKbps = 7, MaxSpeedKbps = 8,
            }])),
        new("An experimenter's 1.3 answer", "", "04130018 00000005 ffff 0000 00000000 12345678 00000009",
            new ExperimenterMultipartReply(0x12345678, [0, 0, 0, 9])),
        new("A 1.3 answer of a type that nobody knows", "", "04130014 00000005 000e 0001 00000000 01020304",
            new OpaqueMultipartReply((MultipartType)14, [1, 2, 3, 4]) { HasMore = true }),
    ];

    private static TableFeatures Table { get; } = new()
    {
        Table = new TableId(2),
        Name = "t2",
        MetadataMatch = 0xff,
        MetadataWrite = 0x0f,
        Config = 3,
        EntriesMax = 1_000_000,
        Properties =
        [
            new(TablePropertyType.Instructions, Hex("0001000400060004")),
            new(TablePropertyType.NextTables, [3, 4]),
            new(TablePropertyType.WriteActions, Hex("0000000400190004ffff000800002320")),
            new(TablePropertyType.Match, Hex("8000000480000606ffff2a044f4e4600")),
            new(TablePropertyType.Experimenter, Hex("1234567800000001")),
        ],
    };

    private static ImmutableArray<byte> Hex(string hex) => [.. Convert.FromHexString(hex)];
}
