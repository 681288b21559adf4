using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>What apps command besides rules: groups, meters, ports, tables, settings. Judged and noted here, then sent
/// to every
/// instance in its own port numbers.</summary>
/// <remarks>A group or meter is deleted behind the rules that use it, each of which is deleted, and reported, by
/// itself. While several instances live a command goes to all of them between two barriers; a target that refuses it
/// fails its migration, so that it has effect everywhere or only where the virtual switch stays. Threading: the owner
/// loop's.</remarks>
internal sealed class ResourceCommands(VirtualSwitch virtualSwitch)
{
    /// <summary>Table configuration that an instance that joins later has to be given, in its order; of each table
    /// once.</summary>
    private readonly List<(Xid AppXid, TableMod Command)> _tables = [];

    /// <summary>What deletions that are still to be sent take out, each behind those that use it: a switch that others
    /// share can't be told to delete all.</summary>
    private readonly Dictionary<Xid, ImmutableArray<OpenFlowMessage>> _deletions = [];

    public PortCommands Ports { get; } = new(virtualSwitch);

    public SwitchSettings Settings { get; } = new(virtualSwitch);

    /// <summary>What one switch would refuse a command for, as far as it can be known here.</summary>
    public (ErrorType Type, ushort Code)? FindFault(OpenFlowMessage command)
    {
        // A switch whose groups and meters have not been read yet knows better.
        bool isKnown = IsPart || virtualSwitch.Primary is { IsReconciled: true };
        return command switch
        {
            GroupMod groupMod when isKnown => virtualSwitch.Groups.FindFault(groupMod, Map),
            GroupMod groupMod when virtualSwitch.Groups.IsFullFor(groupMod) =>
                (ErrorType.GroupModFailed, ErrorCodes.GroupsFull),
            MeterMod meterMod when isKnown => virtualSwitch.Meters.FindFault(meterMod, IsPart),
            MeterMod meterMod when virtualSwitch.Meters.IsFullFor(meterMod) =>
                (ErrorType.MeterModFailed, ErrorCodes.MetersFull),
            PortMod portMod => Ports.FindFault(portMod),
            SetConfig setConfig => Settings.FindFault(setConfig),
            TableMod tableMod when IsPart && !HasTable(tableMod.Table) =>
                (ErrorType.TableModFailed, ErrorCodes.TableModBadTable),
            _ => null,
        };
    }

    /// <summary>Carries out a command without fault on the shadow tables.</summary>
    /// <param name="command">The command.</param>
    /// <param name="appXid">The id the app was given for it.</param>
    /// <param name="changes">Rules that go with it.</param>
    public void Apply(OpenFlowMessage command, Xid appXid, List<RuleChange> changes)
    {
        long nowTicks = virtualSwitch.Loop.NowTicks;
        switch (command)
        {
            case GroupMod groupMod:
                virtualSwitch.Inventory.Note(groupMod);
                ImmutableArray<ShadowGroup> groups = virtualSwitch.Groups.Apply(groupMod, nowTicks);
                foreach (ShadowGroup gone in groups) virtualSwitch.Table.DeleteUsersOf(gone.Id, changes);
                if (IsPart && groupMod.Command == GroupModCommand.Delete)
                    _deletions[appXid] = [.. groups.Select(gone => groupMod with { Group = gone.Id })];
                break;
            case MeterMod meterMod:
                virtualSwitch.Inventory.Note(meterMod);
                ImmutableArray<ShadowMeter> meters = virtualSwitch.Meters.Apply(meterMod, nowTicks);
                foreach (ShadowMeter gone in meters) virtualSwitch.Table.DeleteUsersOf(gone.Id, changes);
                if (IsPart && meterMod.Command == MeterModCommand.Delete)
                    _deletions[appXid] = [.. meters.Select(gone => meterMod with { Meter = gone.Id })];
                break;
            case PortMod portMod:
                Ports.Apply(portMod, appXid, changes);
                break;
            case SetConfig config:
                Settings.Apply(config, appXid);
                break;
            case TableMod tableMod:
                _tables.RemoveAll(each => each.Command.Table == tableMod.Table || tableMod.Table == TableId.All);
                _tables.Add((appXid, tableMod));
                break;
        }
        foreach (RuleChange change in changes) change.Rule.AppXid = appXid;
    }

    /// <summary>Sends a command to every instance, also to one that is being filled.</summary>
    public void Issue(OpenFlowMessage command, Xid appXid)
    {
        if (_deletions.Remove(appXid, out ImmutableArray<OpenFlowMessage> deletions))
        {
            foreach (OpenFlowMessage each in deletions) IssueAsIs(each, appXid);
        }
        else
        {
            IssueAsIs(command, appXid);
        }
    }

    private void IssueAsIs(OpenFlowMessage command, Xid appXid)
    {
        foreach (Instance instance in virtualSwitch.Live) SendTo(instance, command, appXid);
        if (virtualSwitch.Follower is not { HasResources: true } follower) return;
        // A switch may reorder what no barrier parts; this group or meter may be on its way already.
        _ = follower.Instance.Physical.TryBarrierAsync();
        SendTo(follower.Instance, command, appXid);
    }

    /// <summary>The switch has refused a command.</summary>
    /// <returns>Whether it was one on a port, a table or the switch; then nothing else comes into doubt.</returns>
    public bool Forget(Xid appXid) =>
        Ports.Forget(appXid) || Settings.Forget(appXid) || _tables.RemoveAll(each => each.AppXid == appXid) > 0;

    /// <summary>Forgets what the switch's new version does not have.</summary>
    public void Restrict(TableSemantics semantics)
    {
        Ports.Restrict(semantics.PortConfigBits);
        if (!semantics.HasTables) _tables.Clear();
        if (!semantics.HasGroups)
            virtualSwitch.Groups.Apply(new GroupMod(GroupModCommand.Delete, default, GroupId.All, []), 0);
        if (!semantics.HasMeters)
            virtualSwitch.Meters.Apply(new MeterMod(MeterModCommand.Delete, default, MeterId.All, []), 0);
    }

    /// <summary>Gives an instance that joins all that was commanded so far: settings, ports, tables, meters, then
    /// groups, each
    /// behind those that it uses.</summary>
    /// <returns>How many messages.</returns>
    public int Fill(Follower follower)
    {
        Instance instance = follower.Instance;
        follower.HasResources = true;
        int ports = Settings.Fill(instance) + Ports.Fill(instance);
        OpenFlowMessage[] commands =
        [
            .. _tables.Select(each => each.Command),
            .. virtualSwitch.Meters.InOrder.Select(each => each.ToMeterMod(MeterModCommand.Add)),
            .. virtualSwitch.Groups.InOrder.Select(each => each.ToGroupMod(GroupModCommand.Add)),
        ];
        foreach (OpenFlowMessage command in commands) SendTo(instance, command, default);
        return ports + commands.Length;
    }

    /// <summary>Takes groups and meters from an instance whose rules are gone, and sets its ports as they
    /// were.</summary>
    /// <returns>How many messages.</returns>
    public int Empty(Instance instance) =>
        (instance.IsPart ? EmptyPart(instance) : EmptyAll(instance))
        + Ports.PutBack(instance) + Settings.PutBack(instance);

    /// <summary>It may have what an app has deleted since it was on its way out.</summary>
    private int EmptyAll(Instance instance)
    {
        TableSemantics semantics = virtualSwitch.Table.Semantics;
        if (semantics.HasGroups)
            instance.Send(default, new GroupMod(GroupModCommand.Delete, default, GroupId.All, []));
        if (semantics.HasMeters)
            instance.Send(default, new MeterMod(MeterModCommand.Delete, default, MeterId.All, []));
        return (semantics.HasGroups ? 1 : 0) + (semantics.HasMeters ? 1 : 0);
    }

    /// <summary>In the reverse order; others' groups and meters stay.</summary>
    private int EmptyPart(Instance instance)
    {
        ImmutableArray<ShadowGroup> groups = virtualSwitch.Groups.InOrder;
        foreach (ShadowGroup group in groups.Reverse())
            instance.Send(default, group.ToGroupMod(GroupModCommand.Delete) with { Buckets = [] });
        foreach (ShadowMeter meter in virtualSwitch.Meters.InOrder)
            instance.Send(default, meter.ToMeterMod(MeterModCommand.Delete) with { Bands = [] });
        return groups.Length + virtualSwitch.Meters.Count;
    }

    private Networks.InstanceMap Map => virtualSwitch.Primary?.Map ?? Networks.InstanceMap.Identity;

    private bool IsPart => virtualSwitch.Primary is { IsPart: true };

    private bool HasTable(TableId table) =>
        table == TableId.All || table.Value < virtualSwitch.Features.TableCount;

    private void SendTo(Instance instance, OpenFlowMessage command, Xid appXid)
    {
        switch (command)
        {
            // The tables' configuration is everybody's, and so is the switch's.
            case TableMod or SetConfig when instance.IsPart:
                break;
            case PortMod portMod:
                PortCommands.Send(instance, portMod, appXid);
                break;
            case GroupMod groupMod:
                instance.Send(appXid, groupMod with
                {
                    Buckets = GroupTranslation.Translate(groupMod.Buckets, instance.Map),
                });
                break;
            case MeterMod meterMod:
                instance.Send(appXid, virtualSwitch.MeterShares.For(instance, meterMod));
                break;
            case SetConfig:
                instance.Send(appXid, Settings.ForInstances);
                break;
            default:
                instance.Send(appXid, command);
                break;
        }
    }
}
