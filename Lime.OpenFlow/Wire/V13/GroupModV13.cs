using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>Group-mods (ofp_group_mod, OpenFlow 1.3.5 section 7.3.4.2).</summary>
/// <remarks><code>
///  8  command:16   type:8   pad:8
/// 12  group_id:32
/// 16  buckets
/// </code>
/// A type that 1.3 does not define is passed on: from 128 on they are experimenters'.</remarks>
internal static class GroupModV13
{
    private const int BucketsAt = 16;

    public static int SizeOf(GroupMod message)
    {
        if (message.Command > GroupModCommand.Delete) throw LimitsV13.Unsupported("GroupMod.Command");
        return WireLimits.FrameBytes(BucketsAt + BucketsV13.SizeOf(message.Buckets));
    }

    public static void Write(ref WireWriter writer, GroupMod message)
    {
        writer.WriteUInt16((ushort)message.Command);
        writer.WriteUInt8((byte)message.Type);
        writer.WriteZeros(1);
        writer.WriteUInt32(message.Group.Value);
        BucketsV13.Write(ref writer, message.Buckets);
    }

    public static GroupMod Read(ref WireReader reader)
    {
        var command = (GroupModCommand)reader.ReadUInt16("ofp_group_mod.command");
        if (command > GroupModCommand.Delete)
            throw new OpenFlowProtocolException(ErrorType.GroupModFailed, ErrorCodes.GroupModBadCommand,
                $"ofp_group_mod.command at byte {reader.Offset - 2} is {(ushort)command}, which is not defined.");
        var type = (GroupType)reader.ReadUInt8("ofp_group_mod.type");
        reader.Skip(1, "ofp_group_mod.pad");
        var group = new GroupId(reader.ReadUInt32("ofp_group_mod.group_id"));
        return new GroupMod(command, type, group, BucketsV13.Read(ref reader, WireFault.GroupMod));
    }
}
