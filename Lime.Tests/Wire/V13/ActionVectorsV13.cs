using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire.V13;

/// <summary>Every action and instruction of OpenFlow 1.3; the bytes are those that Open vSwitch and os-ken
/// send.</summary>
internal static class ActionVectorsV13
{
    private const string OutputTo2 = "00000010 00000002 0000 (00*6)";

    private static readonly MacAddress A = MacAddress.Parse("0a:00:00:00:00:01");

    private static (string, Match) Ipv4 { get; } = ("80000a02 0800", Match.Any.WithEthType(0x0800));

    private static (string, Match) Ipv6 { get; } = ("80000a02 86dd", Match.Any.WithEthType(0x86dd));

    private static (string, Match) Mpls { get; } = ("80000a02 8847", Match.Any.WithEthType(0x8847));

    private static (string, Match) Tagged { get; } = ("80000c02 1001", Match.Any.WithVlanId(1));

    private static (string, Match) Tcp { get; } =
        ("80000a02 0800 80001401 06", Match.Any.WithEthType(0x0800).WithIpProtocol(6));

    public static IEnumerable<WireVector> All =>
    [
        Vector("output", OutputTo2, FlowAction.Output(new(2))),
        Vector("output to the controller", "00000010 fffffffd 0080 (00*6)",
            FlowAction.Output(PortNumber.Controller, 128)),
        Vector("output to FLOOD", "00000010 fffffffb 0000 (00*6)", FlowAction.Output(PortNumber.Flood)),
        Vector("copy_ttl_out", "000b0008 00000000", FlowAction.CopyTtlOut(), null),
        Vector("copy_ttl_in", "000c0008 00000000", FlowAction.CopyTtlIn(), null),
        Vector("set_mpls_ttl", "000f0008 07000000", FlowAction.SetMplsTtl(7), Mpls),
        Vector("dec_mpls_ttl", "00100008 00000000", FlowAction.DecrementMplsTtl(), Mpls),
        Vector("push_vlan", "00110008 88a80000", FlowAction.PushVlan(0x88a8)),
        Vector("pop_vlan", "00120008 00000000", FlowAction.StripVlan(), Tagged),
        Vector("push_mpls", "00130008 88470000", FlowAction.PushMpls(0x8847), Ipv4),
        Vector("pop_mpls", "00140008 08000000", FlowAction.PopMpls(0x0800), Mpls),
        Vector("set_queue", "00150008 00000007", FlowAction.SetQueue(new(7))),
        Vector("group", "00160008 00000009", FlowAction.Group(new(9))),
        Vector("set_nw_ttl", "00170008 03000000", FlowAction.SetIpTtl(3), Ipv4),
        Vector("dec_nw_ttl", "00180008 00000000", FlowAction.DecrementIpTtl(), Ipv4),
        Vector("push_pbb", "001a0008 88e70000", FlowAction.PushPbb(0x88e7), null),
        Vector("pop_pbb", "001b0008 00000000", FlowAction.PopPbb(), null),
        Vector("set_field eth_src", "00190010 80000806 0a0000000001 0000", FlowAction.SetEthSource(A)),
        Vector("set_field eth_dst", "00190010 80000606 0a0000000001 0000", FlowAction.SetEthDestination(A)),
        Vector("set_field ipv4_src", "00190010 80001604 0a090807 00000000", FlowAction.SetIpv4Source(new(0x0a090807)),
            Ipv4),
        Vector("set_field ipv4_dst", "00190010 80001804 08080808 00000000",
            FlowAction.SetIpv4Destination(new(0x08080808)), Ipv4),
        Vector("set_field ip_dscp", "00190010 80001001 08 (00*7)", FlowAction.SetIpTos(0x20), Ipv4),
        Vector("set_field vlan_vid", "00190010 80000c02 1009 (00*6)", Set(OxmId.VlanId, 0x10, 0x09), Tagged),
        Vector("set_field tcp_dst", "00190010 80001c02 0050 (00*6)",
            Set(OxmId.TcpDestination, 0, 0x50), Tcp),
        Vector("set_field tunnel_id", "00190010 80004c08 0000000000000123",
            Set(OxmId.TunnelId, 0, 0, 0, 0, 0, 0, 1, 0x23)),
        Vector("set_field metadata", "00190010 80000408 0000000000000077",
            Set(OxmId.Metadata, 0, 0, 0, 0, 0, 0, 0, 0x77)),
        Vector("set_field ipv6_dst", "00190018 80003610 20010db8(00*12)",
            Set(OxmId.Ipv6Destination, [0x20, 0x01, 0x0d, 0xb8, .. new byte[12]]), Ipv6),
        Vector("set_field of a register", "00190010 00010004 00000005 00000000",
            FlowAction.SetField(OxmField.FromBytes(Convert.FromHexString("0001000400000005")))),
        Vector("an experimenter's action", "ffff0010 00002320 000e0002 05000000",
            FlowAction.Opaque(Convert.FromHexString("ffff001000002320000e000205000000"))),
        Vector("an action of OpenFlow 1.5", "001c0008 00000000",
            FlowAction.Opaque(Convert.FromHexString("001c000800000000")), null),
        List("several actions", $"00110008 81000000 {OutputTo2} 00160008 00000001",
            FlowAction.PushVlan(0x8100), FlowAction.Output(new(2)), FlowAction.Group(new(1))),
        Instruction("meter, apply, clear, write, metadata and goto",
            $"00060008 00000003 00040018 00000000 {OutputTo2} 00050008 00000000 00030018 00000000 {OutputTo2}"
            + "00020018 00000000 000000000000000a 00000000000000ff 00010008 09000000",
            ActionList.Output(new(2)), new FlowInstructions
            {
                Meter = new MeterId(3),
                ClearsActions = true,
                WriteActions = ActionList.Output(new(2)),
                Metadata = 10,
                MetadataMask = 255,
                GoToTable = new TableId(9),
            }),
        Instruction("goto", "00010008 01000000", ActionList.Drop, new() { GoToTable = new TableId(1) }),
        Instruction("write no action", "00030008 00000000", ActionList.Drop, new() { WriteActions = ActionList.Drop }),
        Instruction("metadata under an empty mask", "00020018 00000000 (00*16)", ActionList.Drop,
            new() { Opaque = [[0, 2, 0, 0x18, .. new byte[20]]] }),
        Instruction("two experimenters'", "ffff0010 00000001 0000000000000002 ffff0008 00000003", ActionList.Drop,
            new()
            {
                Opaque = [[0xff, 0xff, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2], [0xff, 0xff, 0, 8, 0, 0, 0, 3]],
            },
            isSpoken: false),
    ];

    private static FlowAction Set(OxmId id, params byte[] value) => FlowAction.SetField(OxmField.Of(id, value));

    /// <summary>An action on every packet; Open vSwitch reads it.</summary>
    private static WireVector Vector(string name, string hex, FlowAction action) =>
        Vector(name, hex, action, ("", Match.Any));

    /// <summary>An action on packets that have what it changes; with null, one that Open vSwitch doesn't
    /// know.</summary>
    private static WireVector Vector(string name, string hex, FlowAction action, (string Fields, Match Match)? on) =>
        new($"The action {name}", on is null ? "" : "OFPT_FLOW_MOD (OF1.3)",
            FlowFrameV13.Applying(hex, on?.Fields ?? ""),
            new FlowMod { Match = on?.Match ?? Match.Any, Actions = ActionList.Of(action) });

    private static WireVector List(string name, string hex, params ReadOnlySpan<FlowAction> actions) =>
        new($"A list of {name}", "OFPT_FLOW_MOD (OF1.3)", FlowFrameV13.Applying(hex),
            new FlowMod { Actions = ActionList.Of(actions) });

    private static WireVector Instruction(
        string name, string hex, ActionList apply, FlowInstructions others, bool isSpoken = true) =>
        new($"The instructions {name}", isSpoken ? "OFPT_FLOW_MOD (OF1.3)" : "", FlowFrameV13.Of("", hex),
            new FlowMod { Actions = apply, Instructions = others });
}
