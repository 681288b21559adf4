using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire;

/// <summary>Flow-mods with each field and each action, and a flow-removed.</summary>
internal static class FlowVectorsV10
{
    public const string ExactMatchHex = "00000000 0001 0a0000000001 0a0000000002 000a 0500 0800 b806 0000"
        + "0a000001 0a000002 0400 0050";

    private const string AllActionsHex = "00010008 00640000 00020008 05000000 00030008 00000000"
        + "00040010 0a0000000001 (00*6) 00050010 0a0000000002 (00*6) 00060008 0a000001 00070008 0a000002"
        + "00080008 b8000000 00090008 04000000 000a0008 00500000"
        + "000b0010 0002(00*6)00000007 00000008 fffd0080";

    private static readonly MacAddress A = MacAddress.Parse("0a:00:00:00:00:01");
    private static readonly MacAddress B = MacAddress.Parse("0a:00:00:00:00:02");
    private static readonly Ipv4Address Ip1 = Ipv4Address.Parse("10.0.0.1");
    private static readonly Ipv4Address Ip2 = Ipv4Address.Parse("10.0.0.2");

    public static Match ExactMatch { get; } = Match.Any.WithInPort(new PortNumber(1)).WithEthSource(A)
        .WithEthDestination(B).WithVlanId(10).WithVlanPriority(5).WithEthType(0x0800).WithIpTos(0xb8)
        .WithIpProtocol(6).WithIpv4Source(Ip1).WithIpv4Destination(Ip2)
        .WithTransportSource(1024).WithTransportDestination(80);

    public static IEnumerable<WireVector> All =>
    [
        new("A rule for every packet", "OFPT_FLOW_MOD",
            "010e0050 00000006 003820ff (00*36) 1122334455667788 00000000 00000001"
            + "ffffffff ffff0000 00000008 fffd0080",
            new FlowMod
            {
                Cookie = new Cookie(0x1122334455667788),
                Priority = 1,
                Actions = ActionList.Of(FlowAction.Output(PortNumber.Controller, 128)),
            }),
        new("A delete in table 3, by Open vSwitch's extension", "OFPT_FLOW_MOD",
            "010e0048 00000006 003820ff (00*36) 0000000000000000 03030000 00008000 ffffffff ffff0000",
            new FlowMod { Command = (FlowModCommand)0x0303 }),
        new("A rule with an exact match", "OFPT_FLOW_MOD",
            $"010e0050 00000008 {ExactMatchHex} 0000000000000007 00000000 00000005"
            + "ffffffff ffff0003 00000008 00020000",
            new FlowMod
            {
                Match = ExactMatch,
                Cookie = new Cookie(7),
                Priority = 5,
                Flags = FlowModFlags.SendFlowRemoved | FlowModFlags.CheckOverlap,
                Actions = ActionList.Output(new PortNumber(2)),
            }),
        new("A rule with address prefixes and every action", "OFPT_FLOW_MOD",
            "010e00c0 00000007 003408cf (00*18) 0800 0006 0000 0a000100 c0a80000 00000000 0000000000000abc"
            + $"0000003c 0e100064 ffffffff ffff0001 {AllActionsHex}",
            new FlowMod
            {
                Match = Match.Any.WithEthType(0x0800).WithIpProtocol(6)
                    .WithIpv4Source(Ipv4Address.Parse("10.0.1.0"), 24)
                    .WithIpv4Destination(Ipv4Address.Parse("192.168.0.0"), 16),
                Cookie = new Cookie(0xabc),
                IdleTimeoutSeconds = 60,
                HardTimeoutSeconds = 3600,
                Priority = 100,
                Flags = FlowModFlags.SendFlowRemoved,
                Actions = AllActions,
            }),
        new("A rule for untagged packets that drops", "OFPT_FLOW_MOD",
            "010e0048 00000009 003820fc 0001 (00*12) ffff (00*20) 0000000000000009"
            + "00000000 00000005 ffffffff ffff0000",
            new FlowMod
            {
                Match = Match.Any.WithInPort(new PortNumber(1)).WithoutVlanTag(),
                Cookie = new Cookie(9),
                Priority = 5,
            }),
        new("A strict modify with a vendor's action", "OFPT_FLOW_MOD",
            "010e0060 00000009 003820ff (00*36) (00*8) 00020000 00008000 00000102 ffff0000"
            + "ffff0010 00002320 00020000 00000001 00000008 00010000",
            new FlowMod
            {
                Command = FlowModCommand.ModifyStrict,
                BufferId = new BufferId(0x102),
                Actions = ActionList.Of(
                    FlowAction.Opaque(Convert.FromHexString("ffff0010000023200002000000000001")),
                    FlowAction.Output(new PortNumber(1))),
            }),
        new("A delete by output port", "OFPT_FLOW_MOD",
            "010e0048 0000001d 003820ff (00*36) (00*8) 00030000 00000000 ffffffff 00020000",
            new FlowMod { Command = FlowModCommand.Delete, Priority = 0, OutPort = new PortNumber(2) }),
        new("A flow-removed", "OFPT_FLOW_REMOVED",
            $"010b0058 00000000 {ExactMatchHex} 0000000000000007 ffff0200 00000004 1e93c240 003c0000"
            + "0000000000000003 00000000000000c6",
            new FlowRemoved(ExactMatch, new Cookie(7), 0xffff, FlowRemovedReason.Delete,
                TimeSpan.FromMilliseconds(4513), 60, 3, 198)),
    ];

    private static ActionList AllActions { get; } = ActionList.Of(
        FlowAction.SetVlanId(100),
        FlowAction.SetVlanPriority(5),
        FlowAction.StripVlan(),
        FlowAction.SetEthSource(A),
        FlowAction.SetEthDestination(B),
        FlowAction.SetIpv4Source(Ip1),
        FlowAction.SetIpv4Destination(Ip2),
        FlowAction.SetIpTos(0xb8),
        FlowAction.SetTransportSource(1024),
        FlowAction.SetTransportDestination(80),
        FlowAction.Enqueue(new PortNumber(2), new QueueId(7)),
        FlowAction.Output(PortNumber.Controller, 128));
}
