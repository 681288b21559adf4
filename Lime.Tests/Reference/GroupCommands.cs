using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Tests.Reference;

/// <summary>Groups (1.3.5 sections 5.6, 6.5 and 7.3.4.2).</summary>
internal static class GroupCommands
{
    public static ReferenceStep Apply(ReferenceState state, Xid xid, GroupMod mod)
    {
        ReferenceGroup? old = state.Groups.GetValueOrDefault(mod.Group.Value);
        if (mod.Command == GroupModCommand.Delete) return Delete(state, xid, mod.Group);
        ImmutableArray<Fault> faults = [.. FaultsOf(state, mod, old)];
        if (!faults.IsEmpty) return ReferenceStep.RefuseForAny(state, xid, faults);
        ReferenceGroup group = new(mod.Group, mod.Type, mod.Buckets)
        {
            // A MODIFY keeps the group's own statistics and clears those of its buckets.
            CreatedAt = old?.CreatedAt ?? state.Now,
            PacketCount = old?.PacketCount ?? 0,
            ByteCount = old?.ByteCount ?? 0,
        };
        return ReferenceStep.To(state with { Groups = state.Groups.SetItem(mod.Group.Value, group) });
    }

    /// <summary>A packet goes to a group; each bucket works on a copy of it, by the rules of an action set.</summary>
    public static PacketWalk Pass(PacketWalk walk, uint id)
    {
        if (!walk.State.Groups.TryGetValue(id, out ReferenceGroup? group)) return walk;
        walk = Count(walk, group, bucket: -1);
        foreach (int index in Chosen(walk, group))
        {
            PacketWalk copy = Count(walk, group, index) with { ActionSet = [] };
            foreach (FlowAction action in group.Buckets[index].Actions) copy = ActionRun.Add(copy, action);
            walk = walk.After(ActionRun.ApplySet(copy));
        }
        return walk;
    }

    private static IEnumerable<int> Chosen(PacketWalk walk, ReferenceGroup group)
    {
        IEnumerable<int> all = Enumerable.Range(0, group.Buckets.Length);
        switch (group.Type)
        {
            case GroupType.FastFailover:
                return all.Where(index => IsLive(walk.State, group.Buckets[index])).Take(1);
            case GroupType.Select:
                ImmutableArray<int> live = [.. all.Where(index =>
                    group.Buckets[index].Weight > 0 && IsLive(walk.State, group.Buckets[index]))];
                return live.IsEmpty
                    ? []
                    : [walk.State.Options.ChooseBucket(group, (walk.Packet, walk.InPort), live)];
            default:
                return all;
        }
    }

    private static bool IsWatched(GroupBucket bucket) =>
        bucket.WatchPort != PortNumber.Any || bucket.WatchGroup != GroupId.Any;

    /// <summary>A bucket lives with the port or the group that it watches, and always if it watches nothing; a group
    /// lives with any of its buckets (1.3.5 section 6.5).</summary>
    private static bool IsLive(ReferenceState state, GroupBucket bucket) =>
        !IsWatched(bucket)
        || (state.Ports.TryGetValue(bucket.WatchPort.Value, out ReferencePort? port) && port.IsLive)
        || (state.Groups.TryGetValue(bucket.WatchGroup.Value, out ReferenceGroup? group)
            && group.Buckets.Any(each => IsLive(state, each)));

    private static PacketWalk Count(PacketWalk walk, ReferenceGroup group, int bucket)
    {
        ulong bytes = (ulong)walk.Packet.Bytes.Length;
        group = walk.State.Groups[group.Id.Value];
        group = bucket < 0
            ? group with { PacketCount = group.PacketCount + 1, ByteCount = group.ByteCount + bytes }
            : group with { Counters = MeterCommands.Counted(group.Counters, bucket, bytes) };
        return walk with
        {
            State = walk.State with { Groups = walk.State.Groups.SetItem(group.Id.Value, group) },
        };
    }

    private static IEnumerable<Fault> FaultsOf(ReferenceState state, GroupMod mod, ReferenceGroup? old)
    {
        if (mod.Command > GroupModCommand.Delete) yield return Failed(ErrorCodes.GroupModBadCommand);
        bool isAdd = mod.Command == GroupModCommand.Add;
        if (mod.Group.Value > GroupId.Max.Value) yield return Failed(ErrorCodes.GroupInvalid);
        if (isAdd && old is not null) yield return Failed(ErrorCodes.GroupExists);
        if (!isAdd && old is null) yield return Failed(ErrorCodes.GroupUnknown);
        if (mod.Type > GroupType.FastFailover) yield return Failed(ErrorCodes.GroupBadType);
        bool isIndirectOfMany = mod.Type == GroupType.Indirect && mod.Buckets.Length != 1;
        bool lacksWatch = mod.Type == GroupType.FastFailover && !mod.Buckets.All(IsWatched);
        if (isIndirectOfMany || lacksWatch) yield return Failed(ErrorCodes.GroupInvalid);
        if (mod.Buckets.Any(bucket => Reaches(state, bucket, mod.Group))) yield return Failed(ErrorCodes.GroupLoop);
        foreach (GroupBucket bucket in mod.Buckets)
        {
            foreach (Fault fault in ActionCheck.FaultsOf(new(state), bucket.Actions)) yield return fault;
        }
    }

    /// <summary>Whether a bucket leads to a group, over whatever others (1.3.5 section 6.5, OFPGMFC_LOOP).</summary>
    private static bool Reaches(ReferenceState state, GroupBucket bucket, GroupId target) =>
        References(bucket).Any(id => id == target.Value
            || (state.Groups.TryGetValue(id, out ReferenceGroup? next)
                && next.Buckets.Any(each => Reaches(state, each, target))));

    private static IEnumerable<uint> References(GroupBucket bucket) => bucket.Actions
        .Where(action => action.Kind == FlowActionKind.Group).Select(action => (uint)action.Value);

    /// <summary>With a group its rules go; a group that others lead to stays (OFPGMFC_CHAINED_GROUP).</summary>
    private static ReferenceStep Delete(ReferenceState state, Xid xid, GroupId id)
    {
        bool isAll = id == GroupId.All;
        if (!isAll && id.Value > GroupId.Max.Value)
            return ReferenceStep.Refuse(state, xid, Failed(ErrorCodes.GroupInvalid));
        bool isChained = !isAll && state.Groups.Values.Any(group => group.Id != id
            && group.Buckets.Any(bucket => References(bucket).Contains(id.Value)));
        if (isChained) return ReferenceStep.Refuse(state, xid, Failed(ErrorCodes.GroupChained));
        bool Uses(ReferenceRule rule) => rule.AllActions.Any(action => action.Kind == FlowActionKind.Group
            && (isAll || action.Value == id.Value));
        return FlowCommands.Remove(
            state with { Groups = isAll ? state.Groups.Clear() : state.Groups.Remove(id.Value) },
            place => Uses(place.Rule), FlowRemovedReason.GroupDelete);
    }

    private static Fault Failed(ushort code) => new(ErrorType.GroupModFailed, code);
}
