using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>A group's buckets, back to back (ofp_bucket, OpenFlow 1.3.5 section 7.3.4.2).</summary>
/// <remarks><code>
///  0  len:16   weight:16
///  4  watch_port:32
///  8  watch_group:32
/// 12  pad:32
/// 16  actions
/// </code></remarks>
internal static class BucketsV13
{
    private const int ActionsAt = 16;

    public static long SizeOf(ImmutableArray<GroupBucket> buckets)
    {
        long bytes = 0;
        foreach (GroupBucket bucket in buckets.AsSpan()) bytes += SizeOf(bucket);
        return bytes;
    }

    public static void Write(ref WireWriter writer, ImmutableArray<GroupBucket> buckets)
    {
        foreach (GroupBucket bucket in buckets.AsSpan())
        {
            writer.WriteUInt16((ushort)SizeOf(bucket));
            writer.WriteUInt16(bucket.Weight);
            writer.WriteUInt32(bucket.WatchPort.Value);
            writer.WriteUInt32(bucket.WatchGroup.Value);
            writer.WriteZeros(4);
            ActionListV13.Write(ref writer, bucket.Actions);
        }
    }

    /// <summary>Reads buckets up to the end of <paramref name="reader"/>.</summary>
    /// <exception cref="OpenFlowProtocolException">A bucket's length is wrong: with <paramref name="fault"/>'s type
    /// and code.</exception>
    public static ImmutableArray<GroupBucket> Read(ref WireReader reader, WireFault fault)
    {
        ImmutableArray<GroupBucket>.Builder buckets = ImmutableArray.CreateBuilder<GroupBucket>();
        while (reader.HasMore())
        {
            WireReader bucket = reader.ReadEntry(ActionsAt, "ofp_bucket", fault);
            bucket.Skip(2, "ofp_bucket.len");
            ushort weight = bucket.ReadUInt16("ofp_bucket.weight");
            var watchPort = new PortNumber(bucket.ReadUInt32("ofp_bucket.watch_port"));
            var watchGroup = new GroupId(bucket.ReadUInt32("ofp_bucket.watch_group"));
            bucket.Skip(4, "ofp_bucket.pad");
            ActionList actions = ActionListV13.Read(ref bucket);
            buckets.Add(new(actions) { Weight = weight, WatchPort = watchPort, WatchGroup = watchGroup });
        }
        return buckets.DrainToImmutable();
    }

    private static long SizeOf(GroupBucket bucket) => ActionsAt + ActionListV13.SizeOf(bucket.Actions);
}
