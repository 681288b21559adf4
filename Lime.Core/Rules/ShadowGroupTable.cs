using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>The authoritative copy of a virtual switch's groups (1.3.5 section 6.5).</summary>
/// <remarks>Rules that use a deleted group are the flow table's part of the deletion. Threading: the owner
/// loop's.</remarks>
/// <param name="groupsMax">How many there may be.</param>
internal sealed class ShadowGroupTable(int groupsMax = int.MaxValue)
{
    private readonly Dictionary<GroupId, ShadowGroup> _groups = [];

    public int Count => _groups.Count;

    /// <summary>Every group, each behind those that its buckets go to.</summary>
    public ImmutableArray<ShadowGroup> InOrder
    {
        get
        {
            var ordered = ImmutableArray.CreateBuilder<ShadowGroup>(_groups.Count);
            var seen = new HashSet<GroupId>();
            foreach (ShadowGroup group in _groups.Values.OrderBy(each => each.Id.Value)) Append(group, seen, ordered);
            return ordered.ToImmutable();
        }
    }

    public ShadowGroup? Find(GroupId id) => _groups.GetValueOrDefault(id);

    /// <summary>What one switch would refuse the command for; null: it can be carried out.</summary>
    public (ErrorType Type, ushort Code)? FindFault(GroupMod command, InstanceMap map)
    {
        switch (command.Command)
        {
            case GroupModCommand.Add when _groups.ContainsKey(command.Group):
                return (ErrorType.GroupModFailed, ErrorCodes.GroupExists);
            case GroupModCommand.Modify when !_groups.ContainsKey(command.Group):
                return (ErrorType.GroupModFailed, ErrorCodes.GroupUnknown);
            case GroupModCommand.Add when IsFullFor(command):
                return (ErrorType.GroupModFailed, ErrorCodes.GroupsFull);
            case GroupModCommand.Add or GroupModCommand.Modify:
                return FindFaultOfGroup(command, map);
            case GroupModCommand.Delete:
                bool isChained = command.Group != GroupId.All
                    && _groups.Values.Any(each => each.Id != command.Group && each.Uses(command.Group));
                return isChained ? (ErrorType.GroupModFailed, ErrorCodes.GroupChained) : null;
            default:
                return (ErrorType.GroupModFailed, ErrorCodes.GroupModBadCommand);
        }
    }

    /// <summary>Whether an ADD finds no room.</summary>
    public bool IsFullFor(GroupMod command) => command.Command == GroupModCommand.Add
        && _groups.Count >= groupsMax && !_groups.ContainsKey(command.Group);

    /// <summary>Carries out a command that has no fault.</summary>
    /// <returns>The groups that are gone.</returns>
    public ImmutableArray<ShadowGroup> Apply(GroupMod command, long nowTicks)
    {
        if (command.Command != GroupModCommand.Delete)
        {
            Put(command, nowTicks);
            return [];
        }
        ImmutableArray<ShadowGroup> gone =
            [.. InOrder.Reverse().Where(each => command.Group == GroupId.All || each.Id == command.Group)];
        foreach (ShadowGroup group in gone) _groups.Remove(group.Id);
        return gone;
    }

    /// <summary>Puts in a group as an ADD or MODIFY, or a switch, says it is.</summary>
    /// <remarks>A modified group goes on counting, its buckets begin anew (1.3.5 section 6.5).</remarks>
    public ShadowGroup Put(GroupMod command, long nowTicks)
    {
        if (!_groups.TryGetValue(command.Group, out ShadowGroup? group))
        {
            group = new ShadowGroup(command.Group) { InstalledTicks = nowTicks };
            _groups.Add(command.Group, group);
        }
        group.Type = command.Type;
        group.Buckets = command.Buckets;
        group.ChangedTicks = nowTicks;
        if (group.Retired is { } retired) group.Retired = retired with { Buckets = [] };
        return group;
    }

    /// <summary>The rules that lead to a group, by themselves or by other groups.</summary>
    public List<FlowRule> FindRulesThatUse(GroupId id, ShadowFlowTable table)
    {
        GroupId[] leading = [.. _groups.Keys.Where(each => each == id || Reaches(each, id, []))];
        return [.. table.Rules.Where(rule => leading.Any(each => rule.Instructions.Uses(each)))];
    }

    /// <summary>Takes one group out.</summary>
    public void Remove(GroupId id) => _groups.Remove(id);

    private (ErrorType Type, ushort Code)? FindFaultOfGroup(GroupMod command, InstanceMap map)
    {
        bool isValid = command.Group.Value <= GroupId.Max.Value
            && (command.Type != GroupType.Indirect || command.Buckets.Length == 1);
        if (!isValid) return (ErrorType.GroupModFailed, ErrorCodes.GroupInvalid);
        foreach (GroupBucket bucket in command.Buckets)
        {
            if (map.IsPartial && PartBounds.FindFault(bucket.Actions) is { } beyond) return beyond;
            if (!map.HasPortsOf(bucket.Actions)) return (ErrorType.BadAction, ErrorCodes.ActionBadOutPort);
            if (!map.HasPort(bucket.WatchPort)) return (ErrorType.GroupModFailed, ErrorCodes.GroupBadWatch);
            foreach (FlowAction action in bucket.Actions)
            {
                var used = new GroupId((uint)action.Value);
                if (action.Kind != FlowActionKind.Group) continue;
                if (used == command.Group || Reaches(used, command.Group, []))
                    return (ErrorType.GroupModFailed, ErrorCodes.GroupLoop);
                if (!_groups.ContainsKey(used)) return (ErrorType.BadAction, ErrorCodes.ActionBadOutGroup);
            }
        }
        return null;
    }

    private bool Reaches(GroupId from, GroupId to, HashSet<GroupId> seen) => seen.Add(from)
        && Find(from) is { } group && (group.Uses(to) || group.UsedGroups.Any(each => Reaches(each, to, seen)));

    private void Append(ShadowGroup group, HashSet<GroupId> seen, ImmutableArray<ShadowGroup>.Builder ordered)
    {
        if (!seen.Add(group.Id)) return;
        foreach (GroupId used in group.UsedGroups)
        {
            if (Find(used) is { } before) Append(before, seen, ordered);
        }
        ordered.Add(group);
    }
}
