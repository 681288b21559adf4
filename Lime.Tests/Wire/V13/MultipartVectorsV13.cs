using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Wire.V13;

/// <summary>Multipart requests of every type.</summary>
internal static class MultipartVectorsV13
{
    private const string FilterHex = "01 000000 00000002 00000003 00000000 0000000000000004 00000000000000ff"
        + "0001000c 80000004 00000001 00000000";

    private const string Bare = "00 000000 (ff*8) 00000000 (00*16) 00010004 00000000";

    public static IEnumerable<WireVector> All => [.. Rules, .. Counters, .. Descriptions];

    private static IEnumerable<WireVector> Rules =>
    [
        new("A 1.3 request for some rules", "OFPST_FLOW request (OF1.3)",
            "04120040 00000005 0001 0000 00000000" + FilterHex,
            new FlowStatisticsRequest(Match.Any.WithInPort(new PortNumber(1)), new TableId(1), new PortNumber(2))
                { OutGroup = new GroupId(3), Cookie = new Cookie(4), CookieMask = new Cookie(0xff) }),
        new("A 1.3 request for the sum of some rules", "OFPST_AGGREGATE request (OF1.3)",
            "04120040 00000005 0002 0000 00000000" + FilterHex,
            new AggregateStatisticsRequest(Match.Any.WithInPort(new PortNumber(1)), new TableId(1), new PortNumber(2))
                { OutGroup = new GroupId(3), Cookie = new Cookie(4), CookieMask = new Cookie(0xff) }),
        new("A 1.3 request without a filter, with more to follow", "OFPST_FLOW request",
            "04120038 00000005 0001 0001 00000000" + Bare,
            new FlowStatisticsRequest(Match.Any, new TableId(0), PortNumber.Any) { HasMore = true }),
    ];

    private static IEnumerable<WireVector> Counters =>
    [
        new("A 1.3 table request", "OFPST_TABLE request (OF1.3)", "04120010 00000005 0003 0000 00000000",
            new TableStatisticsRequest()),
        new("A 1.3 port request", "OFPST_PORT request (OF1.3)",
            "04120018 00000005 0004 0000 00000000 ffffffff 00000000", new PortStatisticsRequest(PortNumber.Any)),
        new("A 1.3 queue request", "OFPST_QUEUE request (OF1.3)",
            "04120018 00000005 0005 0000 00000000 ffffffff ffffffff",
            new QueueStatisticsRequest(PortNumber.Any, QueueId.All)),
        new("A group request", "OFPST_GROUP request (OF1.3)",
            "04120018 00000005 0006 0000 00000000 fffffffc 00000000", new GroupStatisticsRequest(GroupId.All)),
        new("A meter request", "OFPST_METER request (OF1.3)",
            "04120018 00000005 0009 0000 00000000 00000007 00000000", new MeterStatisticsRequest(new MeterId(7))),
    ];

    private static IEnumerable<WireVector> Descriptions =>
    [
        new("A 1.3 description request", "OFPST_DESC request (OF1.3)", "04120010 00000005 0000 0000 00000000",
            new DescriptionRequest()),
        new("A request for what groups do", "OFPST_GROUP_DESC request (OF1.3)", "04120010 00000005 0007 0000 00000000",
            new GroupDescriptionRequest()),
        new("A request for what groups there can be", "OFPST_GROUP_FEATURES request (OF1.3)",
            "04120010 00000005 0008 0000 00000000", new GroupFeaturesRequest()),
        new("A request for what meters do", "OFPST_METER_CONFIG request (OF1.3)",
            "04120018 00000005 000a 0000 00000000 ffffffff 00000000", new MeterConfigurationRequest(MeterId.All)),
        new("A request for what meters there can be", "OFPST_METER_FEATURES request (OF1.3)",
            "04120010 00000005 000b 0000 00000000", new MeterFeaturesRequest()),
        new("A request for what tables can do", "OFPST_TABLE_FEATURES request (OF1.3)",
            "04120010 00000005 000c 0000 00000000", new TableFeaturesRequest([])),
        new("A request that sets what a table does", "",
            "04120058 00000005 000c 0001 00000000" + "00480300 00000000 6e(00*31) (00*8) (00*8) 00000000 00000064"
            + "00020005 09 000000",
            new TableFeaturesRequest([new TableFeatures
            {
                Table = new TableId(3), Name = "n", EntriesMax = 100,
                Properties = [new TableProperty(TablePropertyType.NextTables, [9])],
            }]) { HasMore = true }),
        new("A request for the ports", "OFPST_PORT_DESC request (OF1.3)", "04120010 00000005 000d 0000 00000000",
            new PortDescriptionRequest()),
        new("An experimenter's 1.3 request", "", "0412001c 00000005 ffff 0000 00000000 12345678 00000009 01020304",
            new ExperimenterMultipartRequest(0x12345678, [0, 0, 0, 9, 1, 2, 3, 4])),
        new("A 1.3 request of a type that nobody knows", "", "04120014 00000005 004d 0001 00000000 01020304",
            new OpaqueMultipartRequest((MultipartType)0x4d, [1, 2, 3, 4]) { HasMore = true }),
    ];
}
