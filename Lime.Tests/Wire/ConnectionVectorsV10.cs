using System.Collections.Immutable;
using System.Text;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire;

/// <summary>Messages that keep a connection: hello, echo, error, barrier, vendor.</summary>
internal static class ConnectionVectorsV10
{
    private const string BadCommandFlowMod =
        "010e0048 0000000a 003820ff (00*44) 00090000 00000001 ffffffff ffff0000";

    public static IEnumerable<WireVector> All =>
    [
        new("A hello", "OFPT_HELLO", "01000008 00000001", new HelloMessage(1, [])),
        new("A hello of a 1.5 switch", "OFPT_HELLO (OF1.5)", "06000008 00000001", new HelloMessage(6, [])),
        new("A hello with a version bitmap", "OFPT_HELLO (OF1.3)", "04000010 00000001 00010008 00000012",
            new HelloMessage(4, Bytes("0001000800000012"))),
        new("An echo request", "OFPT_ECHO_REQUEST", "0102000c 00000002 70696e67",
            new EchoRequest(Text("ping"))),
        new("An echo reply", "OFPT_ECHO_REPLY", "0103000c 00000002 70696e67", new EchoReply(Text("ping"))),
        new("An empty echo request", "OFPT_ECHO_REQUEST", "01020008 00000009", new EchoRequest([])),
        new("A failed hello", "OFPT_ERROR", "0101001d 00000025 00000000 6e6f20636f6d6d6f6e2076657273696f6e",
            new ErrorMessage(ErrorType.HelloFailed, ErrorCodes.HelloIncompatible, Text("no common version"))),
        new("A refused request", "OFPT_ERROR", "01010018 0000001b 00010002 0110000c 0000001b 004d0000",
            new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadMultipart,
                Bytes("0110000c0000001b004d0000"))),
        new("A refused flow-mod", "OFPT_ERROR", $"01010054 0000000a 00030004 {BadCommandFlowMod}",
            new ErrorMessage(ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand,
                [.. new WireVector("", "", BadCommandFlowMod, "").Bytes])),
        new("A refused port-mod", "OFPT_ERROR",
            "0101002c 00000021 00040000"
            + "010f0020 00000021 0063aa55aa55000f 00000001 00000001 00000000 00000000",
            new ErrorMessage(ErrorType.PortModFailed, ErrorCodes.PortModBadPort,
                Bytes("010f0020000000210063aa55aa55000f00000001000000010000000000000000"))),
        new("A refused queue request", "OFPT_ERROR", "01010018 00000003 00050000 0114000c 00000003 00630000",
            new ErrorMessage(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadPort,
                Bytes("0114000c0000000300630000"))),
        new("A vendor's error of Open vSwitch", "OFPT_ERROR",
            "01010024 00000007 b0c20000 00002320 0001020b 0110000c 0000001b 004d0000 00000000",
            new ErrorMessage((ErrorType)0xb0c2, 0,
                Bytes("000023200001020b0110000c0000001b004d000000000000"))),
        new("A barrier request", "OFPT_BARRIER_REQUEST", "01120008 0000001e", new BarrierRequest()),
        new("A barrier reply", "OFPT_BARRIER_REPLY", "01130008 0000001e", new BarrierReply()),
        new("A role request of Nicira's extension", "NXT_ROLE_REQUEST",
            "01040014 00000002 00002320 0000000a 00000001", new RoleRequest(ControllerRole.Master, 0)),
        new("A role reply of Nicira's extension", "NXT_ROLE_REPLY",
            "01040014 00000002 00002320 0000000b 00000002", new RoleReply(ControllerRole.Slave, ulong.MaxValue)),
        new("A role of Nicira's extension that nobody knows", "",
            "01040014 00000002 00002320 0000000a 00000003",
            new ExperimenterMessage(0x2320, Bytes("0000000a00000003"))),
        new("A vendor's message", "NXT_SET_FLOW_FORMAT", "01040014 00000004 00002320 0000000c 00000000",
            new ExperimenterMessage(0x2320, Bytes("0000000c00000000"))),
    ];

    private static ImmutableArray<byte> Bytes(string hex) => [.. Convert.FromHexString(hex)];

    private static ImmutableArray<byte> Text(string text) => [.. Encoding.ASCII.GetBytes(text)];
}
