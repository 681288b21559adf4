using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire;

/// <summary>Messages about a switch, its ports and queues, and packets.</summary>
internal static class SwitchVectorsV10
{
    private const string ArpHex =
        "0a00000000020a0000000001080600010800060400010a00000000010a0000010000000000000a000002";

    private static readonly MacAddress PortAddress = MacAddress.Parse("aa:55:aa:55:00:0f");
    private static readonly byte[] Arp = Convert.FromHexString(ArpHex);

    private static readonly PortDescription Port1 = new(new PortNumber(1), PortAddress, "p1");

    public static IEnumerable<WireVector> All =>
    [
        new("A features request", "OFPT_FEATURES_REQUEST", "01050008 00000003", new FeaturesRequest()),
        new("A features reply", "OFPT_FEATURES_REPLY",
            "010600b0 00000003 00000000000000a3 00000000 fe000000 000000c7 00000fff"
            + "fffea2b8a9daca41 627230 (00*37) 0001aa55aa55000f 7031 (00*38) 0002aa55aa55000e 7032 (00*38)",
            new FeaturesReply(new DatapathId(0xa3), 0, 254, (SwitchCapabilities)0xc7, 0xfff,
            [
                new PortDescription(PortNumber.Local, MacAddress.Parse("a2:b8:a9:da:ca:41"), "br0"),
                Port1,
                new PortDescription(new PortNumber(2), MacAddress.Parse("aa:55:aa:55:00:0e"), "p2"),
            ])),
        new("A get-config request", "OFPT_GET_CONFIG_REQUEST", "01070008 00000005", new GetConfigRequest()),
        new("A get-config reply", "OFPT_GET_CONFIG_REPLY", "0108000c 00000005 0001ffff",
            new GetConfigReply(1, 0xffff)),
        new("A set-config", "OFPT_SET_CONFIG", "0109000c 00000004 00000080", new SetConfig(0, 128)),
        new("A packet-in", "OFPT_PACKET_IN", $"010a003c 00000000 ffffffff 002a0002 0100 {ArpHex}",
            new PacketInCopy(BufferId.None, 42, new PortNumber(2), PacketInReason.Action, Arp)),
        new("A packet-in of a held packet", "OFPT_PACKET_IN",
            $"010a0020 00000000 00000101 002afffe 0000 {ArpHex[..28]}",
            new PacketInCopy(new BufferId(0x101), 42, PortNumber.Local, PacketInReason.NoMatch, Arp[..14])),
        new("A packet-out with its packet", "OFPT_PACKET_OUT",
            $"010d0042 0000000d ffffffff 00020008 00000008 fffd0040 {ArpHex}",
            new PacketOutCopy(BufferId.None, new PortNumber(2),
                ActionList.Of(FlowAction.Output(PortNumber.Controller, 64)), Arp)),
        new("A packet-out of a held packet", "OFPT_PACKET_OUT",
            "010d0018 0000000d 00000101 ffff0008 00000008 fffb0000",
            new PacketOutCopy(new BufferId(0x101), PortNumber.Any, ActionList.Flood, [])),
        new("A packet-out that drops", "OFPT_PACKET_OUT", "010d0010 0000000d 00000101 ffff0000",
            new PacketOutCopy(new BufferId(0x101), PortNumber.Any, ActionList.Drop, [])),
        new("A port-status", "OFPT_PORT_STATUS",
            "010c0040 00000000 02000000 00000000 0001aa55aa55000f 7031 (00*14) 00000001 00000001 (00*16)",
            new PortStatus(PortStatusReason.Modify, Port1 with { Config = PortConfig.PortDown, State = 1 })),
        new("A port-status of a new port with every field", "OFPT_PORT_STATUS",
            "010c0040 00000000 00000000 00000000 ff000a0000000003 6162636465666768696a6b6c6d6e6f00"
            + "00000050 00000200 00000048 00000049 000000ff 00000008",
            new PortStatus(PortStatusReason.Add,
                new PortDescription(new PortNumber(0xff00), MacAddress.Parse("0a:00:00:00:00:03"),
                    "abcdefghijklmno")
                {
                    Config = PortConfig.NoFlood | PortConfig.NoPacketIn,
                    State = 0x200,
                    CurrentFeatures = PortFeatures.FullDuplex100Mb | PortFeatures.FullDuplex10Gb,
                    AdvertisedFeatures = (PortFeatures)0x49,
                    SupportedFeatures = (PortFeatures)0x7f | PortFeatures.Copper,
                    PeerFeatures = PortFeatures.FullDuplex100Mb,
                })),
        new("A port-mod", "OFPT_PORT_MOD",
            "010f0020 00000020 0001aa55aa55000f 00000001 00000021 00000010 00000000",
            new PortMod(new PortNumber(1), PortAddress, PortConfig.PortDown,
                PortConfig.PortDown | PortConfig.NoForward, PortFeatures.HalfDuplex1Gb)),
        new("A request for a port's queues", "OFPT_QUEUE_GET_CONFIG_REQUEST", "0114000c 0000001f 00010000",
            new QueueGetConfigRequest(new PortNumber(1))),
        new("A port's queues", "OFPT_QUEUE_GET_CONFIG_REPLY",
            "01150030 00000023 0001000000000000 00000000 00080000 00000007 00180000"
            + "0001001000000000 01f4000000000000",
            new QueueGetConfigReply(new PortNumber(1),
            [
                new PacketQueue(new QueueId(0), []) { Port = new PortNumber(1) },
                new PacketQueue(new QueueId(7),
                    [.. Convert.FromHexString("000100100000000001f4000000000000")]) { Port = new PortNumber(1) },
            ])),
    ];
}
