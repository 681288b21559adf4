using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>One action (OpenFlow 1.3.5 section 7.2.5).</summary>
/// <remarks><code>
/// every one                     0  type:16   len:16
/// OUTPUT                        4  port:32   max_len:16 (of CONTROLLER only; zero elsewhere, not looked at)   pad:48
/// SET_QUEUE, GROUP              4  queue_id:32, group_id:32
/// SET_MPLS_TTL, SET_NW_TTL      4  ttl:8          pad:24
/// PUSH_VLAN, _MPLS, _PBB        4  ethertype:16   pad:16
/// POP_MPLS                      4  ethertype:16   pad:16
/// COPY_TTL_OUT, _IN             4  pad:32
/// DEC_MPLS_TTL, DEC_NW_TTL      4  pad:32
/// POP_VLAN, POP_PBB             4  pad:32
/// SET_FIELD                     4  one match field, then padding to a multiple of 8
/// any other type                   kept byte for byte
/// </code></remarks>
internal static class ActionV13
{
    private const int ShortBytes = 8;
    private const int OutputBytes = 16;

    /// <summary>The action's size in bytes.</summary>
    /// <exception cref="UnsupportedByVersionException">OpenFlow 1.3 cannot say it.</exception>
    public static int SizeOf(in FlowAction action)
    {
        if (action.Kind == FlowActionKind.Output)
            return IsOutputPort(action.Port.Value) ? OutputBytes : throw LimitsV13.Unsupported("FlowAction.Port");
        if (action.Kind != FlowActionKind.Opaque)
            return TypeOf(action.Kind) == ActionTypeV13.SetField ? SetFieldV13.SizeOf(action) : ShortBytes;
        return ActionFraming.IsOneAction(action.Bytes)
            ? action.Bytes.Length
            : throw new ArgumentException("An opaque action's bytes disagree with its length field.");
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
        ActionTypeV13 type = TypeOf(action.Kind);
        writer.WriteUInt16((ushort)type);
        writer.WriteUInt16((ushort)SizeOf(action));
        WriteArgument(ref writer, type, action);
    }

    /// <summary>Reads an action whose length field agrees with its size.</summary>
    public static FlowAction Read(ReadOnlySpan<byte> action, int offset)
    {
        var type = (ActionTypeV13)BinaryPrimitives.ReadUInt16BigEndian(action);
        if (type == ActionTypeV13.SetField) return SetFieldV13.Read(action, offset);
        if (!IsKnown(type)) return FlowAction.Opaque(action);
        if (action.Length != (type == ActionTypeV13.Output ? OutputBytes : ShortBytes))
            throw ActionFraming.BadLength(offset, action.Length);
        uint argument = BinaryPrimitives.ReadUInt32BigEndian(action[4..]);
        ushort first16 = (ushort)(argument >> 16);
        return type switch
        {
            ActionTypeV13.Output => ReadOutput(action, argument, offset),
            ActionTypeV13.CopyTtlOut => FlowAction.CopyTtlOut(),
            ActionTypeV13.CopyTtlIn => FlowAction.CopyTtlIn(),
            ActionTypeV13.SetMplsTtl => FlowAction.SetMplsTtl(action[4]),
            ActionTypeV13.DecrementMplsTtl => FlowAction.DecrementMplsTtl(),
            ActionTypeV13.PushVlan => FlowAction.PushVlan(first16),
            ActionTypeV13.PopVlan => FlowAction.StripVlan(),
            ActionTypeV13.PushMpls => FlowAction.PushMpls(first16),
            ActionTypeV13.PopMpls => FlowAction.PopMpls(first16),
            ActionTypeV13.SetQueue => FlowAction.SetQueue(new QueueId(argument)),
            ActionTypeV13.Group => FlowAction.Group(new GroupId(argument)),
            ActionTypeV13.SetNetworkTtl => FlowAction.SetIpTtl(action[4]),
            ActionTypeV13.DecrementNetworkTtl => FlowAction.DecrementIpTtl(),
            ActionTypeV13.PushPbb => FlowAction.PushPbb(first16),
            _ => FlowAction.PopPbb(),
        };
    }

    /// <summary>Writes the usual action, an OUTPUT, in words of eight bytes.</summary>
    public static void WriteOutput(ref WireWriter writer, in FlowAction action)
    {
        ulong bytesMax = action.Port == PortNumber.Controller ? (ushort)action.Value : 0u;
        writer.WriteUInt64(((ulong)OutputBytes << 32) | action.Port.Value);
        writer.WriteUInt64(bytesMax << 48);
    }

    private static void WriteArgument(ref WireWriter writer, ActionTypeV13 type, in FlowAction action)
    {
        switch (type)
        {
            case ActionTypeV13.SetField:
                SetFieldV13.Write(ref writer, action);
                break;
            case ActionTypeV13.SetMplsTtl or ActionTypeV13.SetNetworkTtl:
                writer.WriteUInt8((byte)action.Value);
                writer.WriteZeros(3);
                break;
            case ActionTypeV13.PushVlan or ActionTypeV13.PushMpls or ActionTypeV13.PopMpls or ActionTypeV13.PushPbb:
                writer.WriteUInt16((ushort)action.Value);
                writer.WriteZeros(2);
                break;
            default:
                writer.WriteUInt32((uint)action.Value);
                break;
        }
    }

    /// <summary>Outputs of the whole packet are equal, whatever a switch puts where max_len means
    /// nothing.</summary>
    private static FlowAction ReadOutput(ReadOnlySpan<byte> action, uint port, int offset)
    {
        if (!IsOutputPort(port))
            throw new OpenFlowProtocolException(ErrorType.BadAction, ErrorCodes.ActionBadOutPort,
                $"The action at byte {offset} has port 0x{port:x8}, out of which nothing goes.");
        return FlowAction.Output(new PortNumber(port), BinaryPrimitives.ReadUInt16BigEndian(action[8..]));
    }

    /// <summary>Every real port's number, and the reserved ports but ANY; 0 is left to the switch, as in
    /// 1.0.</summary>
    private static bool IsOutputPort(uint port) => port <= PortNumber.Max.Value
        || (port >= PortNumber.InPort.Value && port != PortNumber.Any.Value);

    private static bool IsKnown(ActionTypeV13 type) => type is ActionTypeV13.Output or ActionTypeV13.CopyTtlOut
        or ActionTypeV13.CopyTtlIn or (>= ActionTypeV13.SetMplsTtl and <= ActionTypeV13.PopPbb);

    private static ActionTypeV13 TypeOf(FlowActionKind kind) => kind switch
    {
        FlowActionKind.Output => ActionTypeV13.Output,
        FlowActionKind.StripVlan => ActionTypeV13.PopVlan,
        FlowActionKind.PushVlan => ActionTypeV13.PushVlan,
        FlowActionKind.PushMpls => ActionTypeV13.PushMpls,
        FlowActionKind.PopMpls => ActionTypeV13.PopMpls,
        FlowActionKind.PushPbb => ActionTypeV13.PushPbb,
        FlowActionKind.PopPbb => ActionTypeV13.PopPbb,
        FlowActionKind.SetMplsTtl => ActionTypeV13.SetMplsTtl,
        FlowActionKind.DecrementMplsTtl => ActionTypeV13.DecrementMplsTtl,
        FlowActionKind.SetIpTtl => ActionTypeV13.SetNetworkTtl,
        FlowActionKind.DecrementIpTtl => ActionTypeV13.DecrementNetworkTtl,
        FlowActionKind.CopyTtlOut => ActionTypeV13.CopyTtlOut,
        FlowActionKind.CopyTtlIn => ActionTypeV13.CopyTtlIn,
        FlowActionKind.SetQueue => ActionTypeV13.SetQueue,
        FlowActionKind.Group => ActionTypeV13.Group,
        FlowActionKind.SetField or FlowActionKind.SetEthSource or FlowActionKind.SetEthDestination
            or FlowActionKind.SetIpv4Source or FlowActionKind.SetIpv4Destination
            or FlowActionKind.SetIpTos => ActionTypeV13.SetField,
        _ => throw LimitsV13.Unsupported($"FlowAction.{kind}"),
    };
}
