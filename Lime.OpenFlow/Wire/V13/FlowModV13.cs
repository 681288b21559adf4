using System.Buffers.Binary;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Flow-mods (ofp_flow_mod, OpenFlow 1.3.5 section 7.3.4.1).</summary>
/// <remarks><code>
///  8  cookie:64
/// 16  cookie_mask:64
/// 24  table_id:8        command:8   idle_timeout:16
/// 28  hard_timeout:16   priority:16
/// 32  buffer_id:32
/// 36  out_port:32
/// 40  out_group:32
/// 44  flags:16          pad:16
/// 48  match, padded to a multiple of 8
///     instructions
/// </code></remarks>
internal static class FlowModV13
{
    private const int FlagsAt = 44;
    private const int MatchAt = 48;

    public static int SizeOf(in FlowMod message)
    {
        if (message.Command > FlowModCommand.DeleteStrict) throw LimitsV13.Unsupported("FlowMod.Command");
        if ((message.Flags & FlowModFlags.Emergency) != 0) throw LimitsV13.Unsupported("FlowModFlags.Emergency");
        return WireLimits.FrameBytes(MatchAt + MatchV13.SizeOf(FlowMod.MatchOf(message))
            + InstructionsV13.SizeOf(message.Actions, message.Instructions));
    }

    public static void Write(ref WireWriter writer, in FlowMod message) => Write(ref writer, message, message.Flags);

    /// <summary>Writes it with its flags and others.</summary>
    public static void Write(ref WireWriter writer, in FlowMod message, FlowModFlags flags)
    {
        Span<byte> terms = writer.Take(MatchAt - FrameHeader.SizeBytes);
        BinaryPrimitives.WriteUInt64BigEndian(terms, message.Cookie.Value);
        BinaryPrimitives.WriteUInt64BigEndian(terms[8..], message.CookieMask.Value);
        ulong times = ((ulong)message.Table.Value << 56) | ((ulong)(byte)message.Command << 48)
            | ((ulong)message.IdleTimeoutSeconds << 32) | ((uint)message.HardTimeoutSeconds << 16) | message.Priority;
        BinaryPrimitives.WriteUInt64BigEndian(terms[16..], times);
        ulong packet = ((ulong)message.BufferId.Value << 32) | message.OutPort.Value;
        BinaryPrimitives.WriteUInt64BigEndian(terms[24..], packet);
        ulong group = ((ulong)message.OutGroup.Value << 32) | ((uint)(ushort)flags << 16);
        BinaryPrimitives.WriteUInt64BigEndian(terms[32..], group);
        MatchV13.Write(ref writer, FlowMod.MatchOf(message));
        InstructionsV13.Write(ref writer, message.Actions, message.Instructions);
    }

    /// <summary>Writes other flags into a frame that need not be whole.</summary>
    public static bool TrySetFlags(Span<byte> front, FlowModFlags flags)
    {
        if (front.Length < FlagsAt + sizeof(ushort)) return false;
        FrameHeader header = FrameHeader.Read(front);
        bool isFlowMod = header.Version == (byte)OpenFlowVersion.V13
            && MessageTypeV13.KindOf(header.Type) == MessageKind.FlowMod;
        var bits = (ushort)(flags & ~FlowModFlags.Emergency);
        if (isFlowMod) BinaryPrimitives.WriteUInt16BigEndian(front[FlagsAt..], bits);
        return isFlowMod;
    }

    public static FlowMod Read(ref WireReader reader)
    {
        var fixedPart = new FlowMod
        {
            Cookie = new Cookie(reader.ReadUInt64("ofp_flow_mod.cookie")),
            CookieMask = new Cookie(reader.ReadUInt64("ofp_flow_mod.cookie_mask")),
            Table = new TableId(reader.ReadUInt8("ofp_flow_mod.table_id")),
            Command = ReadCommand(ref reader),
            IdleTimeoutSeconds = reader.ReadUInt16("ofp_flow_mod.idle_timeout"),
            HardTimeoutSeconds = reader.ReadUInt16("ofp_flow_mod.hard_timeout"),
            Priority = reader.ReadUInt16("ofp_flow_mod.priority"),
            BufferId = new BufferId(reader.ReadUInt32("ofp_flow_mod.buffer_id")),
            OutPort = new PortNumber(reader.ReadUInt32("ofp_flow_mod.out_port")),
            OutGroup = new GroupId(reader.ReadUInt32("ofp_flow_mod.out_group")),
            Flags = ReadFlags(ref reader),
        };
        reader.Skip(2, "ofp_flow_mod.pad");
        Match match = MatchV13.Read(ref reader);
        InstructionsV13.Read(ref reader, out ActionList actions, out FlowInstructions instructions);
        return fixedPart with { Match = match, Actions = actions, Instructions = instructions };
    }

    private static FlowModCommand ReadCommand(ref WireReader reader)
    {
        byte command = reader.ReadUInt8("ofp_flow_mod.command");
        return command <= (byte)FlowModCommand.DeleteStrict
            ? (FlowModCommand)command
            : throw new OpenFlowProtocolException(ErrorType.FlowModFailed, ErrorCodes.FlowModBadCommand,
                $"ofp_flow_mod.command at byte {reader.Offset - 1} is {command}, which is not defined.");
    }

    /// <summary>Bits that 1.3 doesn't define are kept, but for the one that stands for 1.0's emergency flag
    /// here.</summary>
    private static FlowModFlags ReadFlags(ref WireReader reader)
    {
        var flags = (FlowModFlags)reader.ReadUInt16("ofp_flow_mod.flags");
        return (flags & FlowModFlags.Emergency) == 0
            ? flags
            : throw new OpenFlowProtocolException(ErrorType.FlowModFailed, ErrorCodes.FlowModBadFlags,
                $"ofp_flow_mod.flags at byte {reader.Offset - 2} is 0x{(ushort)flags:x4}; bit 15 is not defined.");
    }
}
