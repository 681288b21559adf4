using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>What groups do (ofp_group_desc, OpenFlow 1.3.5 section 7.3.5.10).</summary>
/// <remarks><code>
///  0  length:16   type:8   pad:8
///  4  group_id:32
///  8  buckets
/// </code></remarks>
internal static class GroupDescriptionV13
{
    private const int BucketsAt = 8;

    public static long SizeOf(GroupDescriptionReply reply)
    {
        long bytes = 0;
        foreach (GroupDescription group in reply.Groups.AsSpan()) bytes += SizeOf(group);
        return bytes;
    }

    public static void Write(ref WireWriter writer, GroupDescriptionReply reply)
    {
        foreach (GroupDescription group in reply.Groups.AsSpan())
        {
            writer.WriteUInt16((ushort)SizeOf(group));
            writer.WriteUInt8((byte)group.Type);
            writer.WriteZeros(1);
            writer.WriteUInt32(group.Group.Value);
            BucketsV13.Write(ref writer, group.Buckets);
        }
    }

    public static GroupDescriptionReply Read(ref WireReader reader)
    {
        ImmutableArray<GroupDescription>.Builder groups = ImmutableArray.CreateBuilder<GroupDescription>();
        while (reader.HasMore())
        {
            WireReader entry = reader.ReadEntry(BucketsAt, "ofp_group_desc", WireFault.Request);
            entry.Skip(2, "ofp_group_desc.length");
            var type = (GroupType)entry.ReadUInt8("ofp_group_desc.type");
            entry.Skip(1, "ofp_group_desc.pad");
            var group = new GroupId(entry.ReadUInt32("ofp_group_desc.group_id"));
            groups.Add(new GroupDescription(group, type, BucketsV13.Read(ref entry, WireFault.Request)));
        }
        return new GroupDescriptionReply(groups.DrainToImmutable());
    }

    private static long SizeOf(GroupDescription group) => BucketsAt + BucketsV13.SizeOf(group.Buckets);
}
