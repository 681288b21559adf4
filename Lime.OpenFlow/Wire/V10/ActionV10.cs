using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>One action (OpenFlow 1.0.0 section 5.2.4).</summary>
/// <remarks><code>
/// every one               0  type:16   len:16
/// OUTPUT                  4  port:16   max_len:16 (of CONTROLLER only; zero elsewhere, and not looked at)
/// SET_VLAN_VID            4  vlan_vid:16   pad:16
/// SET_VLAN_PCP            4  vlan_pcp:8    pad:24
/// STRIP_VLAN              4  pad:32
/// SET_DL_SRC, _DST        4  dl_addr:48    pad:48
/// SET_NW_SRC, _DST        4  nw_addr:32
/// SET_NW_TOS              4  nw_tos:8      pad:24
/// SET_TP_SRC, _DST        4  tp_port:16    pad:16
/// ENQUEUE                 4  port:16   pad:48   queue_id:32
/// any other type             kept byte for byte
/// </code></remarks>
internal static class ActionV10
{
    private const int ShortBytes = 8;
    private const int LongBytes = 16;
    private const int ArgumentAt = 4;
    private const ushort VlanIdMax = 0x0fff;
    private const byte VlanPriorityMax = 7;

    /// <summary>The action's size in bytes.</summary>
    /// <exception cref="UnsupportedByVersionException">OpenFlow 1.0 cannot say it.</exception>
    public static int SizeOf(in FlowAction action)
    {
        switch (action.Kind)
        {
            case FlowActionKind.Opaque:
                return ActionFraming.IsOneAction(action.Bytes)
                    ? action.Bytes.Length
                    : throw new ArgumentException("An opaque action's bytes disagree with its length field.");
            case FlowActionKind.Output or FlowActionKind.Enqueue:
                CheckPort(action);
                break;
            case FlowActionKind.SetVlanId when action.Value > VlanIdMax:
                throw LimitsV10.Unsupported("FlowAction.SetVlanId");
            case FlowActionKind.SetVlanPriority when action.Value > VlanPriorityMax:
                throw LimitsV10.Unsupported("FlowAction.SetVlanPriority");
        }
        return BytesOf(TypeOf(action.Kind));
    }

    public static void Write(ref WireWriter writer, in FlowAction action)
    {
        if (action.Kind == FlowActionKind.Opaque)
        {
            writer.WriteBytes(action.Bytes);
            return;
        }
        if (action.Kind == FlowActionKind.Output)
        {
            WriteOutput(ref writer, action);
            return;
        }
        ActionTypeV10 type = TypeOf(action.Kind);
        writer.WriteUInt16((ushort)type);
        writer.WriteUInt16((ushort)BytesOf(type));
        WriteArgument(ref writer, type, action);
    }

    /// <summary>Reads an action whose length field agrees with its size.</summary>
    public static FlowAction Read(ReadOnlySpan<byte> action, int offset)
    {
        var type = (ActionTypeV10)BinaryPrimitives.ReadUInt16BigEndian(action);
        if (type > ActionTypeV10.Enqueue) return FlowAction.Opaque(action);
        if (action.Length != BytesOf(type)) throw ActionFraming.BadLength(offset, action.Length);
        ushort first16 = BinaryPrimitives.ReadUInt16BigEndian(action[4..]);
        uint first32 = BinaryPrimitives.ReadUInt32BigEndian(action[4..]);
        return type switch
        {
            ActionTypeV10.Output => ReadOutput(first16, (ushort)first32, offset),
            ActionTypeV10.SetVlanId => FlowAction.SetVlanId(AtMost(first16, VlanIdMax, offset)),
            ActionTypeV10.SetVlanPriority =>
                FlowAction.SetVlanPriority((byte)AtMost(action[4], VlanPriorityMax, offset)),
            ActionTypeV10.StripVlan => FlowAction.StripVlan(),
            ActionTypeV10.SetEthSource => FlowAction.SetEthSource(MacAddress.Read(action[4..])),
            ActionTypeV10.SetEthDestination => FlowAction.SetEthDestination(MacAddress.Read(action[4..])),
            ActionTypeV10.SetIpv4Source => FlowAction.SetIpv4Source(new Ipv4Address(first32)),
            ActionTypeV10.SetIpv4Destination => FlowAction.SetIpv4Destination(new Ipv4Address(first32)),
            ActionTypeV10.SetIpTos => FlowAction.SetIpTos(action[4]),
            ActionTypeV10.SetTransportSource => FlowAction.SetTransportSource(first16),
            ActionTypeV10.SetTransportDestination => FlowAction.SetTransportDestination(first16),
            _ => FlowAction.Enqueue(ReadPort(first16, PortNumberV10.HasQueues(first16), offset),
                new QueueId(BinaryPrimitives.ReadUInt32BigEndian(action[12..]))),
        };
    }

    /// <summary>Writes the usual action, an OUTPUT, in one word.</summary>
    public static void WriteOutput(ref WireWriter writer, in FlowAction action)
    {
        uint bytesMax = action.Port == PortNumber.Controller ? (ushort)action.Value : 0u;
        writer.WriteUInt64(((ulong)ShortBytes << 32) | ((uint)(ushort)action.Port.Value << 16) | bytesMax);
    }

    private static void WriteArgument(ref WireWriter writer, ActionTypeV10 type, in FlowAction action)
    {
        switch (type)
        {
            case ActionTypeV10.Enqueue:
                PortNumberV10.Write(ref writer, action.Port);
                writer.WriteZeros(6);
                writer.WriteUInt32((uint)action.Value);
                break;
            case ActionTypeV10.SetVlanPriority or ActionTypeV10.SetIpTos:
                writer.WriteUInt8((byte)action.Value);
                writer.WriteZeros(3);
                break;
            case ActionTypeV10.SetEthSource or ActionTypeV10.SetEthDestination:
                writer.WriteMac(new MacAddress(action.Value));
                writer.WriteZeros(6);
                break;
            case ActionTypeV10.StripVlan or ActionTypeV10.SetIpv4Source or ActionTypeV10.SetIpv4Destination:
                writer.WriteUInt32((uint)action.Value);
                break;
            default:
                writer.WriteUInt16((ushort)action.Value);
                writer.WriteZeros(2);
                break;
        }
    }

    /// <summary>Outputs of the whole packet are equal, whatever a switch puts where max_len means
    /// nothing.</summary>
    private static FlowAction ReadOutput(ushort port, ushort bytesMax, int offset)
    {
        PortNumber wide = ReadPort(port, PortNumberV10.CanBeOutput(port), offset);
        return wide == PortNumber.Controller ? FlowAction.Output(wide, bytesMax) : FlowAction.Output(wide);
    }

    private static PortNumber ReadPort(ushort port, bool isAllowed, int offset) => isAllowed
        ? PortNumberV10.Widen(port)
        : throw new OpenFlowProtocolException(ErrorType.BadAction, ErrorCodes.ActionBadOutPort,
            $"ofp_action_output.port, or ofp_action_enqueue.port, at byte {offset + ArgumentAt} is 0x{port:x4}, "
            + "to which no packet can be sent so.");

    private static void CheckPort(in FlowAction action)
    {
        PortNumberV10.Check(action.Port, "FlowAction.Port");
        var wire = (ushort)action.Port.Value;
        bool isAllowed = action.Kind == FlowActionKind.Enqueue
            ? PortNumberV10.HasQueues(wire)
            : PortNumberV10.CanBeOutput(wire);
        if (!isAllowed) throw LimitsV10.Unsupported("FlowAction.Port");
    }

    private static ushort AtMost(ushort value, ushort max, int offset) => value <= max
        ? value
        : throw new OpenFlowProtocolException(ErrorType.BadAction, ErrorCodes.ActionBadArgument,
            $"vlan_vid, or vlan_pcp, of the action at byte {offset} is {value}, over {max}.");

    private static int BytesOf(ActionTypeV10 type) =>
        type is ActionTypeV10.SetEthSource or ActionTypeV10.SetEthDestination or ActionTypeV10.Enqueue
            ? LongBytes
            : ShortBytes;

    /// <summary>The neutral kinds but the opaque one have their 1.0 numbers' order.</summary>
    private static ActionTypeV10 TypeOf(FlowActionKind kind) =>
        kind <= FlowActionKind.Enqueue
            ? (ActionTypeV10)kind
            : throw LimitsV10.Unsupported($"FlowAction.{kind}");
}
