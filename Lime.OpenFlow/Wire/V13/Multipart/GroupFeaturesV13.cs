using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13.Multipart;

/// <summary>What groups a switch can have (ofp_group_features, OpenFlow 1.3.5 section 7.3.5.11).</summary>
/// <remarks><code>
///  0  types:32
///  4  capabilities:32
///  8  max_groups:32, four times
/// 24  actions:32, four times
/// </code></remarks>
internal static class GroupFeaturesV13
{
    private const int SizeBytes = 40;
    private const int TypeCount = 4;

    public static int SizeOf(GroupFeaturesReply reply)
    {
        bool isWhole = reply.GroupsMax.AsSpan().Length == TypeCount && reply.Actions.AsSpan().Length == TypeCount;
        return isWhole
            ? SizeBytes
            : throw new ArgumentException($"Group features have {TypeCount} maxima and {TypeCount} action sets.");
    }

    public static void Write(ref WireWriter writer, GroupFeaturesReply reply)
    {
        writer.WriteUInt32(reply.Types);
        writer.WriteUInt32(reply.Capabilities);
        foreach (uint most in reply.GroupsMax) writer.WriteUInt32(most);
        foreach (uint actions in reply.Actions) writer.WriteUInt32(actions);
    }

    public static GroupFeaturesReply Read(ref WireReader reader) => new(
        reader.ReadUInt32("ofp_group_features.types"),
        reader.ReadUInt32("ofp_group_features.capabilities"),
        ReadFour(ref reader, "ofp_group_features.max_groups"),
        ReadFour(ref reader, "ofp_group_features.actions"));

    private static ImmutableArray<uint> ReadFour(ref WireReader reader, string field)
    {
        uint[] values = new uint[TypeCount];
        for (int i = 0; i < TypeCount; i++) values[i] = reader.ReadUInt32(field);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }
}
