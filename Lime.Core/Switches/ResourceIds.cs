using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Groups and meters of a virtual switch on a physical one that it shares: their numbers in what is sent and
/// in
/// what is read.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class ResourceIds(SwitchParts parts)
{
    /// <summary>What a found rule is said to use whose group is nobody's here; no rule can.</summary>
    private static readonly GroupId ForeignGroup = GroupId.Any;

    private static readonly MeterId ForeignMeter = new(0);

    public IdMap Groups { get; } = new(parts.GroupIds);

    public IdMap Meters { get; } = new(parts.MeterIds);

    public FlowMod ToPhysical(in FlowMod flowMod) => flowMod with
    {
        Actions = ToPhysical(flowMod.Actions),
        Instructions = Map(flowMod.Instructions, ToPhysical, id => new MeterId(Meters.ToPhysical(id.Value))),
    };

    public ActionList ToPhysical(ActionList actions) => Map(actions, id => Groups.ToPhysical(id));

    /// <summary>A command in the switch's numbers; null: it has no such group or meter, so there is nothing to
    /// delete.</summary>
    public OpenFlowMessage? ToPhysical(OpenFlowMessage command)
    {
        switch (command)
        {
            case GroupMod { Command: GroupModCommand.Delete } deletion:
                if (Groups.Find(deletion.Group.Value) is not { } group) return null;
                Groups.Release(deletion.Group.Value);
                return deletion with { Group = new GroupId(group), Buckets = [] };
            case GroupMod groupMod:
                return groupMod with
                {
                    Group = new GroupId(Groups.ToPhysical(groupMod.Group.Value)),
                    Buckets = Map(groupMod.Buckets, id => Groups.ToPhysical(id)),
                };
            case MeterMod { Command: MeterModCommand.Delete } deletion:
                if (Meters.Find(deletion.Meter.Value) is not { } meter) return null;
                Meters.Release(deletion.Meter.Value);
                return deletion with { Meter = new MeterId(meter) };
            case MeterMod meterMod:
                return meterMod with { Meter = new MeterId(Meters.ToPhysical(meterMod.Meter.Value)) };
            default:
                return command;
        }
    }

    public FlowStatistics ToVirtual(FlowStatistics entry) => entry with
    {
        Actions = ToVirtual(entry.Actions),
        Instructions = Map(
            entry.Instructions, ToVirtual,
            id => Meters.ToVirtual(id.Value) is { } known ? new MeterId(known) : ForeignMeter),
    };

    /// <summary>The virtual switch's groups among those found.</summary>
    public ImmutableArray<GroupDescription> ToVirtual(ImmutableArray<GroupDescription> found) =>
    [
        .. found.Where(each => Groups.ToVirtual(each.Group.Value) is not null).Select(each => each with
        {
            Group = new GroupId(Groups.ToVirtual(each.Group.Value)!.Value),
            Buckets = Map(each.Buckets, GroupToVirtual),
        }),
    ];

    /// <summary>The virtual switch's meters among those found.</summary>
    public ImmutableArray<MeterConfiguration> ToVirtual(ImmutableArray<MeterConfiguration> found) =>
    [
        .. found.Where(each => Meters.ToVirtual(each.Meter.Value) is not null)
            .Select(each => each with { Meter = new MeterId(Meters.ToVirtual(each.Meter.Value)!.Value) }),
    ];

    /// <summary>Whether a rule that was found uses a group or meter that is not the virtual switch's.</summary>
    public static bool AreForeign(in Translation.InstructionSet instructions) =>
        instructions.Uses(ForeignGroup) || instructions.Others.Meter == ForeignMeter;

    public void ReleaseAll()
    {
        Groups.ReleaseAll();
        Meters.ReleaseAll();
    }

    private ActionList ToVirtual(ActionList actions) => Map(actions, GroupToVirtual);

    private uint GroupToVirtual(uint id) => Groups.ToVirtual(id) ?? ForeignGroup.Value;

    private static ActionList Map(ActionList actions, Func<uint, uint> map)
    {
        bool hasGroup = false;
        foreach (ref readonly FlowAction action in actions.AsSpan()) hasGroup |= action.Kind == FlowActionKind.Group;
        if (!hasGroup) return actions;
        return ActionList.Of([.. actions.Select(each => each.Kind == FlowActionKind.Group
            ? FlowAction.Group(new GroupId(map((uint)each.Value)))
            : each)]);
    }

    private static FlowInstructions Map(
        FlowInstructions others, Func<ActionList, ActionList> mapSet, Func<MeterId, MeterId> mapMeter)
    {
        if (others.WriteActions is { } set) others = others.WithWriteActions(mapSet(set));
        if (others.Meter is not { } meter) return others;
        return new FlowInstructions
        {
            Meter = mapMeter(meter),
            ClearsActions = others.ClearsActions,
            WriteActions = others.WriteActions,
            Metadata = others.Metadata,
            MetadataMask = others.MetadataMask,
            GoToTable = others.GoToTable,
            Opaque = others.Opaque,
        };
    }

    private static ImmutableArray<GroupBucket> Map(ImmutableArray<GroupBucket> buckets, Func<uint, uint> map) =>
    [
        .. buckets.Select(each => each with
        {
            Actions = Map(each.Actions, map),
            WatchGroup = each.WatchGroup == GroupId.Any ? each.WatchGroup : new GroupId(map(each.WatchGroup.Value)),
        }),
    ];
}
