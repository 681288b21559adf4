using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Groups;

/// <summary>A group of an emulated switch, with its counters (1.3.5 section 5.6).</summary>
/// <remarks>Threading: the loop's. A modified group is a new object.</remarks>
internal sealed class Group
{
    private readonly BucketCounter[] _counters;

    public Group(GroupMod mod, long createdTicks)
    {
        Id = mod.Group;
        Type = mod.Type;
        Buckets = mod.Buckets;
        BucketActions = [.. mod.Buckets.Select(bucket => ActionSet.InOrder(bucket.Actions))];
        CreatedTicks = createdTicks;
        _counters = new BucketCounter[mod.Buckets.Length];
    }

    public GroupId Id { get; }

    public GroupType Type { get; }

    public ImmutableArray<GroupBucket> Buckets { get; }

    /// <summary>Each bucket's actions, in the order in which an action set is carried out.</summary>
    public ImmutableArray<ActionList> BucketActions { get; }

    public long CreatedTicks { get; }

    public ulong PacketCount { get; private set; }

    public ulong ByteCount { get; private set; }

    /// <summary>The groups that its buckets send to.</summary>
    public IEnumerable<GroupId> Targets => Buckets
        .SelectMany(bucket => bucket.Actions)
        .Where(action => action.Kind == FlowActionKind.Group)
        .Select(action => new GroupId((uint)action.Value));

    /// <summary>The groups that it sends to or watches: these must not lead back to it.</summary>
    public IEnumerable<GroupId> Dependencies => Targets.Concat(
        Buckets.Select(bucket => bucket.WatchGroup).Where(watched => watched != GroupId.Any));

    public void Count(int frameBytes)
    {
        PacketCount++;
        ByteCount += (ulong)frameBytes;
    }

    public void CountBucket(int bucket, int frameBytes)
    {
        BucketCounter counter = _counters[bucket];
        _counters[bucket] = new BucketCounter(counter.PacketCount + 1, counter.ByteCount + (ulong)frameBytes);
    }

    /// <summary>A modified group goes on counting, its buckets begin anew (1.3.5 section 6.5).</summary>
    public void ContinueFrom(Group before)
    {
        PacketCount = before.PacketCount;
        ByteCount = before.ByteCount;
    }

    public GroupDescription Description => new(Id, Type, Buckets);

    public GroupStatistics ToStatistics(uint referenceCount, long nowTicks) => new()
    {
        Group = Id,
        ReferenceCount = referenceCount,
        PacketCount = PacketCount,
        ByteCount = ByteCount,
        Duration = TimeSpan.FromTicks(nowTicks - CreatedTicks),
        Buckets = [.. _counters],
    };
}
