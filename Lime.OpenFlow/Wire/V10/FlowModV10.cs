using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Flow-mods (ofp_flow_mod, OpenFlow 1.0.0 section 5.3.3).</summary>
/// <remarks><code>
///  8  match:320
/// 48  cookie:64
/// 56  command:16        idle_timeout:16
/// 60  hard_timeout:16   priority:16
/// 64  buffer_id:32
/// 68  out_port:16       flags:16
/// 72  actions
/// </code></remarks>
internal static class FlowModV10
{
    private const int FlagsAt = 70;
    private const int ActionsAt = 72;

    public static int SizeOf(in FlowMod message)
    {
        MatchV10.Check(message.Match);
        PortNumberV10.Check(message.OutPort, "FlowMod.OutPort");
        CheckLaterFields(message);
        if (!IsDefined((ushort)message.Command)) throw LimitsV10.Unsupported("FlowMod.Command");
        return WireLimits.FrameBytes(ActionsAt + ActionListV10.SizeOf(message.Actions));
    }

    public static void Write(ref WireWriter writer, in FlowMod message)
    {
        MatchV10.Write(ref writer, message.Match);
        writer.WriteUInt64(message.Cookie.Value);
        writer.WriteUInt16((ushort)message.Command);
        writer.WriteUInt16(message.IdleTimeoutSeconds);
        writer.WriteUInt16(message.HardTimeoutSeconds);
        writer.WriteUInt16(message.Priority);
        writer.WriteUInt32(message.BufferId.Value);
        PortNumberV10.Write(ref writer, message.OutPort);
        writer.WriteUInt16(FlowModFlagsV10.Narrow(message.Flags));
        ActionListV10.Write(ref writer, message.Actions);
    }

    /// <summary>Writes other flags into a frame that need not be whole.</summary>
    public static bool TrySetFlags(Span<byte> front, FlowModFlags flags)
    {
        if (front.Length < FlagsAt + sizeof(ushort)) return false;
        FrameHeader header = FrameHeader.Read(front);
        bool isFlowMod = header.Version == (byte)OpenFlowVersion.V10
            && MessageTypeV10.KindOf(header.Type) == MessageKind.FlowMod;
        if (isFlowMod) BinaryPrimitives.WriteUInt16BigEndian(front[FlagsAt..], FlowModFlagsV10.Narrow(flags));
        return isFlowMod;
    }

    public static FlowMod Read(ref WireReader reader) => new()
    {
        Match = MatchV10.Read(ref reader),
        Cookie = new Cookie(reader.ReadUInt64("ofp_flow_mod.cookie")),
        Command = ReadCommand(ref reader),
        IdleTimeoutSeconds = reader.ReadUInt16("ofp_flow_mod.idle_timeout"),
        HardTimeoutSeconds = reader.ReadUInt16("ofp_flow_mod.hard_timeout"),
        Priority = reader.ReadUInt16("ofp_flow_mod.priority"),
        BufferId = new BufferId(reader.ReadUInt32("ofp_flow_mod.buffer_id")),
        OutPort = PortNumberV10.Read(ref reader, "ofp_flow_mod.out_port"),
        Flags = FlowModFlagsV10.Widen(reader.ReadUInt16("ofp_flow_mod.flags")),
        Actions = ActionListV10.Read(ref reader),
    };

    /// <summary>There is one table, which deletes may also name by <see cref="TableId.All"/>.</summary>
    private static void CheckLaterFields(in FlowMod message)
    {
        bool isDelete = message.Command is FlowModCommand.Delete or FlowModCommand.DeleteStrict;
        bool isOnlyTable = message.Table == default || (isDelete && message.Table == TableId.All);
        if (!isOnlyTable) throw LimitsV10.Unsupported("FlowMod.Table");
        if (message.CookieMask != default) throw LimitsV10.Unsupported("FlowMod.CookieMask");
        if (message.OutGroup != GroupId.Any) throw LimitsV10.Unsupported("FlowMod.OutGroup");
        if (!message.Instructions.IsNone) throw LimitsV10.Unsupported("FlowMod.Instructions");
        FlowModFlagsV10.Check(message.Flags);
    }

    /// <summary>The upper byte may be a table's number, as Open vSwitch has it.</summary>
    private static bool IsDefined(ushort command) => (byte)command <= (byte)FlowModCommand.DeleteStrict;

    private static FlowModCommand ReadCommand(ref WireReader reader)
    {
        ushort command = reader.ReadUInt16("ofp_flow_mod.command");
        return IsDefined(command)
            ? (FlowModCommand)command
            : throw new OpenFlowProtocolException(ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand,
                $"ofp_flow_mod.command at byte {reader.Offset - 2} is {command}, which is not defined.");
    }
}
