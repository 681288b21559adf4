using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
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
    private const int MatchAt = 8;
    private const int CookieAt = 48;
    private const int CommandAt = 56;
    private const int BufferIdAt = 64;
    private const int FlagsAt = 70;
    private const int ActionsAt = 72;

    /// <summary>Version 1, OFPT_FLOW_MOD.</summary>
    private const ulong VersionAndType = 0x010e_0000_0000_0000;

    public static int SizeOf(in FlowMod message)
    {
        MatchV10.Check(FlowMod.MatchOf(message));
        PortNumberV10.Check(message.OutPort, "FlowMod.OutPort");
        CheckLaterFields(message);
        if (!IsDefined((ushort)message.Command)) throw LimitsV10.Unsupported("FlowMod.Command");
        return WireLimits.FrameBytes(ActionsAt + ActionListV10.SizeOf(message.Actions));
    }

    /// <summary>Writes the whole frame, in words of eight bytes, as this is the message that answers the hottest
    /// one.</summary>
    /// <param name="frame">Where to.</param>
    /// <param name="xid">The transaction id.</param>
    /// <param name="message">What <see cref="SizeOf"/> has let pass.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="flags">Its flags, and others that 1.0 has.</param>
    /// <returns>The size.</returns>
    public static int Write(Span<byte> frame, Xid xid, in FlowMod message, int bytes, FlowModFlags flags)
    {
        if (frame.Length < bytes)
            throw new ArgumentException($"{bytes} bytes have no room in {frame.Length}.", nameof(frame));
        Span<byte> front = frame[..ActionsAt];
        BinaryPrimitives.WriteUInt64BigEndian(front, VersionAndType | ((ulong)bytes << 32) | xid.Value);
        MatchV10.Write(front.Slice(MatchAt, MatchV10.SizeBytes), FlowMod.MatchOf(message));
        BinaryPrimitives.WriteUInt64BigEndian(front[CookieAt..], message.Cookie.Value);
        ulong terms = ((ulong)(ushort)message.Command << 48) | ((ulong)message.IdleTimeoutSeconds << 32)
            | ((uint)message.HardTimeoutSeconds << 16) | message.Priority;
        BinaryPrimitives.WriteUInt64BigEndian(front[CommandAt..], terms);
        ulong rest = ((ulong)message.BufferId.Value << 32) | ((uint)(ushort)message.OutPort.Value << 16)
            | FlowModFlagsV10.Narrow(flags);
        BinaryPrimitives.WriteUInt64BigEndian(front[BufferIdAt..], rest);
        var writer = new WireWriter(frame[..bytes], ActionsAt);
        ActionListV10.Write(ref writer, message.Actions);
        return bytes;
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
        if (!ReferenceEquals(message.Instructions, FlowInstructions.None) && !message.Instructions.IsNone)
            throw LimitsV10.Unsupported("FlowMod.Instructions");
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
