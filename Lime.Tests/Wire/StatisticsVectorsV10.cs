using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Wire;

/// <summary>Statistics requests and replies of every type.</summary>
internal static class StatisticsVectorsV10
{
    public static IEnumerable<WireVector> All => [.. Requests, .. Replies];

    private static IEnumerable<WireVector> Requests =>
    [
        new("A description request", "OFPST_DESC request", "0110000c 00000014 00000000",
            new DescriptionRequest()),
        new("A request for all rules", "OFPST_FLOW request",
            "01100038 00000015 00010000 003820ff (00*36) ff00ffff",
            new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)),
        new("A request for the sum of some rules", "OFPST_AGGREGATE request",
            "01100038 00000016 00020000 003820fe 0001 (00*34) 00000002",
            new AggregateStatisticsRequest(
                Match.Any.WithInPort(new PortNumber(1)), new TableId(0), new PortNumber(2))),
        new("A table request", "OFPST_TABLE request", "0110000c 00000017 00030000",
            new TableStatisticsRequest()),
        new("A port request", "OFPST_PORT request", "01100014 00000018 00040000 ffff0000 00000000",
            new PortStatisticsRequest(PortNumber.Any)),
        new("A queue request", "OFPST_QUEUE request", "01100014 00000019 00050000 fffc0000 ffffffff",
            new QueueStatisticsRequest(PortNumber.All, QueueId.All)),
        new("A request of a type that nobody knows", "", "01100010 0000001a 004d0000 01020304",
            new OpaqueMultipartRequest((MultipartType)0x4d, [1, 2, 3, 4])),
        new("An answer of a later version's type, with more to follow", "", "01110010 0000001a 000d0001 01020304",
            new OpaqueMultipartReply(MultipartType.PortDescription, [1, 2, 3, 4]) { HasMore = true }),
        new("A vendor's request", "NXST_FLOW request",
            "01100020 0000001a ffff0000 00002320 00000000 00000000 ffff0000 ff000000",
            new ExperimenterMultipartRequest(0x2320,
                [.. Convert.FromHexString("0000000000000000ffff0000ff000000")])),
    ];

    private static IEnumerable<WireVector> Replies =>
    [
        new("A description", "OFPST_DESC reply",
            "0111042c 00000014 00000000 4e69636972612c20496e632e (00*244) 4f70656e2076537769746368 (00*244)"
            + "332e312e30 (00*251) 4e6f6e65 (00*28) 4e6f6e65 (00*252)",
            new DescriptionReply("Nicira, Inc.", "Open vSwitch", "3.1.0", "None", "None")),
        new("Rules, with more to follow", "OFPST_FLOW reply",
            $"011100c4 00000015 00010001 00600000 {FlowVectorsV10.ExactMatchHex} 00000002 06516e80 ffff0000"
            + "00000000 00000000 0000000000000007 (00*16) 00000008 00020000"
            + "00580100 002820fc 0001 (00*12) ffff (00*20) 00000001 2faf0800 0005000a 001e0000 00000000"
            + "0000000000000009 0000000000000001 000000000000002a",
            new FlowStatisticsReply([Rule1, Rule2]) { HasMore = true }),
        new("No rules", "OFPST_FLOW reply", "0111000c 00000015 00010000", new FlowStatisticsReply([])),
        new("The sum of some rules", "OFPST_AGGREGATE reply",
            "01110024 00000016 00020000 0000000000000003 00000000000000c6 00000001 00000000",
            new AggregateStatisticsReply(3, 198, 1)),
        new("A table", "OFPST_TABLE reply",
            "0111004c 00000017 00030000 01000000 636c6173736966696572 (00*22) 003fffff 000f4240 00000003"
            + "0000000000000002 0000000000000001",
            new TableStatisticsReply(
            [
                new TableStatistics
                {
                    Table = new TableId(1),
                    Name = "classifier",
                    Wildcards = 0x3fffff,
                    EntriesMax = 1_000_000,
                    ActiveCount = 3,
                    LookupCount = 2,
                    MatchedCount = 1,
                },
            ])),
        new("A port's counters", "OFPST_PORT reply",
            "01110074 00000018 00040000 fffe0000 00000000 0000000000000001 0000000000000002 0000000000000003"
            + "0000000000000004 0000000000000005 0000000000000006 0000000000000007 0000000000000008"
            + "0000000000000009 000000000000000a 000000000000000b ffffffffffffffff",
            new PortStatisticsReply([LocalPort])),
        new("A queue's counters", "OFPST_QUEUE reply",
            "0111002c 00000024 00050000 00010000 00000007 00000000000003e8 000000000000000a 0000000000000001",
            new QueueStatisticsReply(
            [
                new QueueStatistics
                {
                    Port = new PortNumber(1),
                    Queue = new QueueId(7),
                    SentBytes = 1000,
                    SentPackets = 10,
                    SendErrors = 1,
                },
            ])),
        new("A vendor's reply", "NXST_AGGREGATE reply",
            "01110030 0000001a ffff0000 00002320 00000001 00000000 (00*16) 00000002 00000000",
            new ExperimenterMultipartReply(0x2320,
                [.. Convert.FromHexString($"0000000100000000{new string('0', 32)}0000000200000000")])),
    ];

    private static FlowStatistics Rule1 { get; } = new()
    {
        Match = FlowVectorsV10.ExactMatch,
        Duration = TimeSpan.FromMilliseconds(2106),
        Priority = 0xffff,
        Cookie = new Cookie(7),
        Actions = ActionList.Output(new PortNumber(2)),
    };

    private static FlowStatistics Rule2 { get; } = new()
    {
        Table = new TableId(1),
        Match = Match.Any.WithInPort(new PortNumber(1)).WithoutVlanTag().WithVlanPriority(0),
        Duration = TimeSpan.FromMilliseconds(1800),
        Priority = 5,
        IdleTimeoutSeconds = 10,
        HardTimeoutSeconds = 30,
        Cookie = new Cookie(9),
        PacketCount = 1,
        ByteCount = 42,
    };

    private static PortStatistics LocalPort { get; } = new()
    {
        Port = PortNumber.Local,
        ReceivedPackets = 1,
        SentPackets = 2,
        ReceivedBytes = 3,
        SentBytes = 4,
        ReceiveDropped = 5,
        SendDropped = 6,
        ReceiveErrors = 7,
        SendErrors = 8,
        FrameErrors = 9,
        OverrunErrors = 10,
        CrcErrors = 11,
        Collisions = ulong.MaxValue,
    };
}
