using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire.V13;

/// <summary>Group-mods, meter-mods, table-mods, queues, roles, asynchronous masks and bundles.</summary>
internal static class SwitchVectorsV13
{
    public const string BucketsHex =
        "0020000a 00000001 ffffffff 00000000 00000010 00000001 0000 (00*6)"
        + "00100014 ffffffff 00000007 00000000";

    public const string BandsHex =
        "00010010 000003e8 00000032 00000000 00020010 000001f4 00000014 05000000"
        + "ffff0014 00000001 00000002 12345678 aabbccdd 00770010 00000003 00000004 01020304";

    public static ImmutableArray<GroupBucket> Buckets { get; } =
    [
        new(ActionList.Output(new PortNumber(1))) { Weight = 10, WatchPort = new PortNumber(1) },
        new(ActionList.Drop) { Weight = 20, WatchGroup = new GroupId(7) },
    ];

    public static ImmutableArray<MeterBand> Bands { get; } =
    [
        new(MeterBandType.Drop, 1000, 50),
        new(MeterBandType.DscpRemark, 500, 20) { PrecedenceLevel = 5 },
        new(MeterBandType.Experimenter, 1, 2) { Experimenter = 0x12345678, Bytes = Hex("aabbccdd") },
        new((MeterBandType)0x77, 3, 4) { Bytes = Hex("01020304") },
    ];

    private static AsyncMasks Masks { get; } = new(7, 0, 7, 4, 15, 8);

    public static IEnumerable<WireVector> All => [.. Groups, .. Meters, .. Others, .. Bundles];

    private static IEnumerable<WireVector> Groups =>
    [
        new("A group with two buckets", "OFPT_GROUP_MOD (OF1.3)",
            "040f0040 00000004 0000 01 00 00000005" + BucketsHex,
            new GroupMod(GroupModCommand.Add, GroupType.Select, new GroupId(5), Buckets)),
        new("A delete of every group", "OFPT_GROUP_MOD (OF1.3)", "040f0010 00000004 0002 00 00 fffffffc",
            new GroupMod(GroupModCommand.Delete, GroupType.All, GroupId.All, [])),
        new("A group of an experimenter's type", "", "040f0010 00000004 0001 80 00 00000005",
            new GroupMod(GroupModCommand.Modify, (GroupType)0x80, new GroupId(5), [])),
    ];

    private static IEnumerable<WireVector> Meters =>
    [
        new("A meter with bands that others don't know", "",
            "041d0054 00000004 0000 0005 00000009" + BandsHex,
            new MeterMod(MeterModCommand.Add, MeterFlags.KilobitsPerSecond | MeterFlags.Burst, new MeterId(9), Bands)),
        new("A meter with two bands", "OFPT_METER_MOD (OF1.3)",
            "041d0030 00000004 0001 000a 00000009"
            + "00010010 000003e8 00000032 00000000 00020010 000001f4 00000014 05000000",
            new MeterMod(MeterModCommand.Modify, MeterFlags.PacketsPerSecond | MeterFlags.Statistics, new MeterId(9),
                [Bands[0], Bands[1]])),
        new("A delete of every meter", "OFPT_METER_MOD (OF1.3)", "041d0010 00000004 0002 0000 ffffffff",
            new MeterMod(MeterModCommand.Delete, MeterFlags.None, MeterId.All, [])),
    ];

    private static IEnumerable<WireVector> Others =>
    [
        new("A table-mod", "OFPT_TABLE_MOD (OF1.3)", "04110010 00000004 ff 000000 00000003",
            new TableMod(TableId.All, 3)),
        new("A 1.3 request for a port's queues", "OFPT_QUEUE_GET_CONFIG_REQUEST (OF1.3)",
            "04160010 00000004 00000003 00000000", new QueueGetConfigRequest(new PortNumber(3))),
        new("A 1.3 port's queues", "OFPT_QUEUE_GET_CONFIG_REPLY (OF1.3)",
            "04170040 00000004 00000003 00000000 00000007 00000003 0020 (00*6) 00010010 00000000 01f4 (00*6)"
            + "00000008 00000003 0010 (00*6)",
            new QueueGetConfigReply(new PortNumber(3),
            [
                new PacketQueue(new QueueId(7), Hex("000100100000000001f4000000000000")) { Port = new PortNumber(3) },
                new PacketQueue(new QueueId(8), []) { Port = new PortNumber(3) },
            ])),
        new("A role request", "OFPT_ROLE_REQUEST (OF1.3)", "04180018 00000004 00000002 00000000 1122334455667788",
            new RoleRequest(ControllerRole.Master, 0x1122334455667788)),
        new("A question for the role", "OFPT_ROLE_REQUEST (OF1.3)", "04180018 00000004 (00*16)",
            new RoleRequest(ControllerRole.NoChange, 0)),
        new("A role reply", "OFPT_ROLE_REPLY (OF1.3)", "04190018 00000004 00000003 00000000 (ff*8)",
            new RoleReply(ControllerRole.Slave, ulong.MaxValue)),
        new("A question for the asynchronous masks", "OFPT_GET_ASYNC_REQUEST (OF1.3)", "041a0008 00000004",
            new GetAsyncRequest()),
        new("The asynchronous masks", "OFPT_GET_ASYNC_REPLY (OF1.3)",
            "041b0020 00000004 00000007 00000000 00000007 00000004 0000000f 00000008", new GetAsyncReply(Masks)),
        new("New asynchronous masks", "OFPT_SET_ASYNC (OF1.3)",
            "041c0020 00000004 00000007 00000000 00000007 00000004 0000000f 00000008", new SetAsync(Masks)),
    ];

    private static IEnumerable<WireVector> Bundles =>
    [
        new("An open request of a bundle", "ONFT_BUNDLE_CONTROL (OF1.3)",
            "04040018 00000004 4f4e4600 000008fc 00000005 0000 0003",
            new BundleControl(new BundleId(5), BundleControlType.OpenRequest,
                BundleFlags.Atomic | BundleFlags.Ordered)),
        new("A commit with a property", "",
            "04040024 00000004 4f4e4600 000008fc 00000005 0004 0003 ffff000c 12345678 00000001",
            new BundleControl(new BundleId(5), BundleControlType.CommitRequest,
                BundleFlags.Atomic | BundleFlags.Ordered) { Properties = Hex("ffff000c1234567800000001") }),
        new("A barrier in a bundle", "",
            "04040020 00000004 4f4e4600 000008fd 00000005 0000 0002 04140008 00000004",
            new BundleAdd(new BundleId(5), BundleFlags.Ordered, Hex("0414000800000000"))),
        new("An echo in a bundle, with a property", "",
            "04040034 00000004 4f4e4600 000008fd 00000005 0000 0000 0402000a 00000004 abcd (00*6)"
            + "ffff000c 12345678 00000001",
            new BundleAdd(new BundleId(5), BundleFlags.None, Hex("0402000a00000000abcd"))
                { Properties = Hex("ffff000c1234567800000001") }),
        new("Another experimenter's message of the ONF", "ONFT_FLOW_MONITOR_CANCEL (OF1.3)",
            "04040014 00000004 4f4e4600 0000074e 00000009",
            new ExperimenterMessage(0x4f4e4600, Hex("0000074e00000009"))),
    ];

    private static ImmutableArray<byte> Hex(string hex) => [.. Convert.FromHexString(hex)];
}
