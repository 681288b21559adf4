using System.Collections.Immutable;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Groups;

/// <summary>The groups of an emulated switch (1.3.5 sections 5.6 and 6.5).</summary>
/// <remarks>Threading: the loop's. Commands' bucket actions were checked before.</remarks>
internal sealed class GroupTable(EmulationContext context, int capacity, ChangeJournal journal)
{
    /// <summary>Buckets that one group can have.</summary>
    public const int BucketsMax = 1024;

    private readonly SortedDictionary<uint, Group> _groups = [];

    public int Capacity => capacity;

    public IReadOnlyCollection<Group> All => _groups.Values;

    public Group? Find(GroupId id) => _groups.GetValueOrDefault(id.Value);

    /// <summary>Does what a group-mod says, but for the rules that use a group it deletes.</summary>
    /// <param name="mod">What.</param>
    /// <param name="deleted">The groups that are gone.</param>
    /// <returns>Why not, or null.</returns>
    public Refusal? Apply(GroupMod mod, out IReadOnlyList<GroupId> deleted)
    {
        deleted = [];
        switch (mod.Command)
        {
            case GroupModCommand.Add:
                return Add(mod);
            case GroupModCommand.Modify:
                return Modify(mod);
            case GroupModCommand.Delete:
                return Delete(mod.Group, out deleted);
            default:
                return Refuse(ErrorCodes.GroupModBadCommand);
        }
    }

    private Refusal? Add(GroupMod mod)
    {
        if (_groups.ContainsKey(mod.Group.Value)) return Refuse(ErrorCodes.GroupExists);
        if (WhyNot(mod) is { } refusal) return refusal;
        if (_groups.Count >= capacity) return Refuse(ErrorCodes.GroupsFull);
        Put(new Group(mod, context.NowTicks));
        return null;
    }

    private Refusal? Modify(GroupMod mod)
    {
        if (Find(mod.Group) is not { } before) return Refuse(ErrorCodes.GroupUnknown);
        if (WhyNot(mod) is { } refusal) return refusal;
        var changed = new Group(mod, before.CreatedTicks);
        changed.ContinueFrom(before);
        Put(changed);
        return null;
    }

    private Refusal? Delete(GroupId id, out IReadOnlyList<GroupId> deleted)
    {
        Group[] meant = id == GroupId.All ? [.. All] : Find(id) is { } group ? [group] : [];
        deleted = [.. meant.Select(each => each.Id)];
        bool isChained = id != GroupId.All && All.Any(other => other.Id != id && other.Dependencies.Contains(id));
        if (isChained)
        {
            deleted = [];
            return Refuse(ErrorCodes.GroupChained);
        }
        foreach (Group each in meant)
        {
            _groups.Remove(each.Id.Value);
            journal.Record(() => _groups.Add(each.Id.Value, each));
        }
        return null;
    }

    /// <summary>The rules of section 7.3.4.2 for what a group may say.</summary>
    private Refusal? WhyNot(GroupMod mod)
    {
        ImmutableArray<GroupBucket> buckets = mod.Buckets;
        if (mod.Group.Value > GroupId.Max.Value) return Refuse(ErrorCodes.GroupInvalid);
        if (mod.Type > GroupType.FastFailover) return Refuse(ErrorCodes.GroupBadType);
        if (buckets.Length > BucketsMax) return Refuse(ErrorCodes.BucketsFull);
        if (mod.Type == GroupType.Indirect && buckets.Length != 1) return Refuse(ErrorCodes.GroupInvalid);
        bool isSelect = mod.Type == GroupType.Select;
        if (!isSelect && buckets.Any(bucket => bucket.Weight != 0)) return Refuse(ErrorCodes.GroupInvalid);
        bool mayWatch = mod.Type is GroupType.FastFailover or GroupType.Select;
        if (!mayWatch && buckets.Any(IsWatched)) return Refuse(ErrorCodes.GroupWatchUnsupported);
        if (mod.Type == GroupType.FastFailover && !buckets.All(IsWatched)) return Refuse(ErrorCodes.GroupInvalid);
        var changed = new Group(mod, 0);
        if (LeadsTo(mod.Group, changed.Dependencies, [])) return Refuse(ErrorCodes.GroupLoop);
        bool watchesUnknown = buckets.Any(
            bucket => bucket.WatchGroup != GroupId.Any && Find(bucket.WatchGroup) is null);
        return watchesUnknown ? Refuse(ErrorCodes.GroupBadWatch) : null;
    }

    private static bool IsWatched(GroupBucket bucket) =>
        bucket.WatchPort != PortNumber.Any || bucket.WatchGroup != GroupId.Any;

    private bool LeadsTo(GroupId goal, IEnumerable<GroupId> from, HashSet<GroupId> seen)
    {
        foreach (GroupId next in from)
        {
            if (next == goal) return true;
            bool leads = seen.Add(next) && Find(next) is { } group && LeadsTo(goal, group.Dependencies, seen);
            if (leads) return true;
        }
        return false;
    }

    private void Put(Group group)
    {
        Group? before = Find(group.Id);
        _groups[group.Id.Value] = group;
        journal.Record(() =>
        {
            if (before is null) _groups.Remove(group.Id.Value);
            else _groups[group.Id.Value] = before;
        });
    }

    private static Refusal Refuse(ushort code) => new(ErrorType.GroupModFailed, code);
}
