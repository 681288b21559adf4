using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire.V13;

/// <summary>The messages of OpenFlow 1.3 that neither ask for statistics nor change groups and meters: as Open vSwitch
/// sends them, or built by hand after the specification.</summary>
internal static class MessageVectorsV13
{
    private const string PortHex = "00000003 00000000 0a0000000003 0000 7033(00*14) 00000001 00000004 00002840 00000840"
        + "0000f87f 00000000 00989680 00989680";

    private const string ArpPacket = "ffffffffffff 0a0000000001 0806 0001 0800 0604 0001 0a0000000001 0a000001"
        + "000000000000 0a000002";

    public static IEnumerable<WireVector> All => [.. Connection, .. Switch, .. Packets, .. Rules];

    private static PortDescription Port { get; } =
        new(new PortNumber(3), MacAddress.Parse("0a:00:00:00:00:03"), "p3")
        {
            Config = PortConfig.PortDown,
            State = 4,
            CurrentFeatures = PortFeatures.FullDuplex10Gb | PortFeatures.Copper | PortFeatures.AutoNegotiation,
            AdvertisedFeatures = PortFeatures.FullDuplex10Gb | PortFeatures.Copper,
            SupportedFeatures = (PortFeatures)0xf87f,
            CurrentSpeedKbps = 10_000_000,
            MaxSpeedKbps = 10_000_000,
        };

    private static IEnumerable<WireVector> Connection =>
    [
        new("A hello without a bitmap", "OFPT_HELLO (OF1.3)", "04000008 00000001", new HelloMessage(4, [])),
        new("A hello with a bitmap", "OFPT_HELLO (OF1.3)", "04000010 00000001 00010008 00000010",
            new HelloMessage(4, Bytes("0001000800000010"))),
        new("A hello of a 1.5 switch", "OFPT_HELLO (OF1.5)", "06000008 00000001", new HelloMessage(6, [])),
        new("An error", "OFPT_ERROR (OF1.3)", "04010014 00000007 00040009 040e0050 00000007",
            new ErrorMessage(ErrorType.BadMatch, ErrorCodes.MatchBadPrerequisite, Bytes("040e005000000007"))),
        new("An experimenter's error", "OFPT_ERROR (OF1.3)", "04010018 00000007 ffff08fe 4f4e4600 04040050 00000007",
            new ErrorMessage(ErrorType.Experimenter, 2302, Bytes("4f4e46000404005000000007"))),
        new("An error of an unknown type", "", "04010014 00000007 00630009 040e0050 00000007",
            new ErrorMessage((ErrorType)0x63, 9, Bytes("040e005000000007"))),
        new("An echo request", "OFPT_ECHO_REQUEST (OF1.3)", "0402000c 00000002 70696e67",
            new EchoRequest(Bytes("70696e67"))),
        new("An echo reply", "OFPT_ECHO_REPLY (OF1.3)", "0403000c 00000002 70696e67", new EchoReply(Bytes("70696e67"))),
        new("An experimenter's message", "", "04040014 00000001 12345678 00000005 aabbccdd",
            new ExperimenterMessage(0x12345678, Bytes("00000005aabbccdd"))),
        new("A barrier request", "OFPT_BARRIER_REQUEST (OF1.3)", "04140008 00000007", new BarrierRequest()),
        new("A barrier reply", "OFPT_BARRIER_REPLY (OF1.3)", "04150008 00000007", new BarrierReply()),
    ];

    private static IEnumerable<WireVector> Switch =>
    [
        new("A features request", "OFPT_FEATURES_REQUEST (OF1.3)", "04050008 00000002", new FeaturesRequest()),
        new("A features reply", "OFPT_FEATURES_REPLY (OF1.3)",
            "04060020 00000002 0000000000000013 00000000 fe 00 0000 0000004f 00000000",
            new FeaturesReply(new DatapathId(0x13), 0, 254, SwitchCapabilities.FlowStatistics
                | SwitchCapabilities.TableStatistics | SwitchCapabilities.PortStatistics
                | SwitchCapabilities.GroupStatistics | SwitchCapabilities.QueueStatistics, 0, [])),
        new("A features reply of an auxiliary connection", "OFPT_FEATURES_REPLY (OF1.3)",
            "04060020 00000002 0000000000000013 00000100 02 05 0000 00000100 00000001",
            new FeaturesReply(new DatapathId(0x13), 256, 2, SwitchCapabilities.PortBlocked, 1, []) { AuxiliaryId = 5 }),
        new("A config request", "OFPT_GET_CONFIG_REQUEST (OF1.3)", "04070008 00000005", new GetConfigRequest()),
        new("A config reply", "OFPT_GET_CONFIG_REPLY (OF1.3)", "0408000c 00000005 00000080",
            new GetConfigReply(0, 128)),
        new("A config", "OFPT_SET_CONFIG (OF1.3)", "0409000c 00000005 0001ffff", new SetConfig(1, 65535)),
        new("A port-status", "OFPT_PORT_STATUS (OF1.3)", $"040c0050 00000000 02 (00*7) {PortHex}",
            new PortStatus(PortStatusReason.Modify, Port)),
        new("A port-mod", "OFPT_PORT_MOD (OF1.3)",
            "04100028 00000005 00000003 00000000 0a0000000003 0000 00000001 00000041 00002840 00000000",
            new PortMod(new PortNumber(3), MacAddress.Parse("0a:00:00:00:00:03"), PortConfig.PortDown,
                PortConfig.PortDown | PortConfig.NoPacketIn, (PortFeatures)0x2840)),
    ];

    private static IEnumerable<WireVector> Packets =>
    [
        new("A packet-in", "OFPT_PACKET_IN (OF1.3)",
            "040a0054 00000000 ffffffff 002a 00 00 ffffffffffffffff"
            + $"0001000c 80000004 00000001 00000000 0000 {ArpPacket}",
            PacketIn(PacketInReason.NoMatch, 0, ulong.MaxValue, "8000000400000001")),
        new("A packet-in with more than its port", "OFPT_PACKET_IN (OF1.3)",
            "040a006c 00000000 ffffffff 002a 01 03 0000000000000007"
            + "00010024 80000408 0000000000000005 80000004 00000001"
            + $"80004c08 0000000000000009 00000000 0000 {ArpPacket}",
            PacketIn(PacketInReason.Action, 3, 7, "800004080000000000000005800000040000000180004c080000000000000009")),
        new("A packet-in without a port", "OFPT_PACKET_IN (OF1.3)",
            $"040a004c 00000000 ffffffff 002a 02 01 0000000000000000 00010004 00000000 0000 {ArpPacket}",
            PacketIn(PacketInReason.InvalidTtl, 1, 0, "") with { InPort = PortNumber.Any }),
        new("A packet-out", "OFPT_PACKET_OUT (OF1.3)",
            $"040d0052 00000003 ffffffff fffffffd 0010 (00*6) 00000010 00000002 0000 (00*6) {ArpPacket}",
            new PacketOutCopy(BufferId.None, PortNumber.Controller, ActionList.Output(new(2)), [.. Bytes(ArpPacket)])),
        new("A packet-out of a held packet", "OFPT_PACKET_OUT (OF1.3)",
            "040d0018 00000003 00000102 00000001 0000 (00*6)",
            new PacketOutCopy(new BufferId(0x102), new PortNumber(1), ActionList.Drop, [])),
    ];

    private static IEnumerable<WireVector> Rules =>
    [
        new("A rule as Open vSwitch sends it", "OFPT_FLOW_MOD (OF1.3)",
            "040e0060 00000006 (00*16) 01000000 0000006d ffffffff ffffffff ffffffff 00000000"
            + "00010016 80000a02 0800 80001908 0a000000 ffffff00 0000 00040018 00000000 00000010 00000002 0000 (00*6)",
            new FlowMod
            {
                Table = new TableId(1),
                Priority = 109,
                Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new(0x0a000000), 24),
                Actions = ActionList.Output(new(2)),
            }),
        new("A delete by cookie, port and group", "OFPT_FLOW_MOD (OF1.3)",
            "040e0038 00000006 0000000000000005 00000000000000ff ff030000 00000000 ffffffff 00000002 00000007 00000000"
            + "00010004 00000000",
            new FlowMod
            {
                Command = FlowModCommand.Delete,
                Table = TableId.All,
                Cookie = new Cookie(5),
                CookieMask = new Cookie(255),
                Priority = 0,
                OutPort = new PortNumber(2),
                OutGroup = new GroupId(7),
            }),
        new("A modify with every flag and timeout", "OFPT_FLOW_MOD (OF1.3)",
            "040e0038 00000006 (00*16) 0002003c 0e100001 00000102 ffffffff ffffffff 001f0000 00010004 00000000",
            new FlowMod
            {
                Command = FlowModCommand.ModifyStrict,
                IdleTimeoutSeconds = 60,
                HardTimeoutSeconds = 3600,
                Priority = 1,
                BufferId = new BufferId(0x102),
                Flags = FlowModFlags.SendFlowRemoved | FlowModFlags.CheckOverlap | FlowModFlags.ResetCounts
                    | FlowModFlags.NoPacketCounts | FlowModFlags.NoByteCounts,
            }),
        new("A flow-removed", "OFPT_FLOW_REMOVED (OF1.3)",
            "040b0040 00000000 0000000000000007 ffff 02 03 00000004 1e93c240 003c0e10 0000000000000003 00000000000000c6"
            + "0001000c 80000004 00000001 00000000",
            new FlowRemoved(Match.Any.WithInPort(new(1)), new Cookie(7), 0xffff, FlowRemovedReason.Delete,
                TimeSpan.FromMilliseconds(4513), 60, 3, 198)
            {
                Table = new TableId(3),
                HardTimeoutSeconds = 3600,
            }),
    ];

    private static PacketInCopy PacketIn(PacketInReason reason, byte table, ulong cookie, string fields) =>
        new(BufferId.None, 42, new PortNumber(1), reason, [.. Bytes(ArpPacket)])
        {
            Table = new TableId(table),
            Cookie = new Cookie(cookie),
            MatchFields = Convert.FromHexString(fields),
        };

    private static ImmutableArray<byte> Bytes(string hex) => [.. new WireVector("", "", hex, "").Bytes];
}
