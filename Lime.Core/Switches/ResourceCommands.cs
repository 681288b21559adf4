using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>What apps command besides rules: groups, meters, ports, tables. Judged and noted here, then sent to every
/// instance in its own port numbers.</summary>
/// <remarks>A group or meter is deleted behind the rules that use it, each of which is deleted, and reported, by
/// itself. While several instances live a command goes to all of them between two barriers; a target that refuses it
/// fails its migration, so that it has effect everywhere or only where the virtual switch stays. Threading: the owner
/// loop's.</remarks>
internal sealed class ResourceCommands(VirtualSwitch virtualSwitch)
{
    /// <summary>Port and table configuration that an instance that joins later has to be given.</summary>
    private readonly Dictionary<PortNumber, PortMod> _ports = [];
    private readonly Dictionary<TableId, TableMod> _tables = [];

    /// <summary>What one switch would refuse a command for, as far as it can be known here.</summary>
    public (ErrorType Type, ushort Code)? FindFault(OpenFlowMessage command)
    {
        // A switch whose groups and meters have not been read yet knows better.
        bool isKnown = virtualSwitch.Primary is { Physical.IsReconciled: true };
        return command switch
        {
            GroupMod groupMod when isKnown => virtualSwitch.Groups.FindFault(groupMod, Map),
            MeterMod meterMod when isKnown => virtualSwitch.Meters.FindFault(meterMod),
            PortMod portMod => FindFault(portMod),
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
                foreach (ShadowGroup gone in virtualSwitch.Groups.Apply(groupMod, nowTicks))
                    virtualSwitch.Table.DeleteUsersOf(gone.Id, changes);
                break;
            case MeterMod meterMod:
                virtualSwitch.Inventory.Note(meterMod);
                foreach (ShadowMeter gone in virtualSwitch.Meters.Apply(meterMod, nowTicks))
                    virtualSwitch.Table.DeleteUsersOf(gone.Id, changes);
                break;
            case PortMod portMod:
                Note(portMod);
                break;
            case TableMod tableMod:
                _tables[tableMod.Table] = tableMod;
                break;
        }
        foreach (RuleChange change in changes) change.Rule.AppXid = appXid;
    }

    /// <summary>Sends a command to every instance, also to one that is being filled.</summary>
    public void Issue(OpenFlowMessage command, Xid appXid)
    {
        foreach (Instance instance in virtualSwitch.Live) SendTo(instance, command, appXid);
        if (virtualSwitch.Follower is not { HasResources: true } follower) return;
        // A switch may reorder what no barrier parts; this group or meter may be on its way already.
        _ = follower.Instance.Physical.TryBarrierAsync();
        SendTo(follower.Instance, command, appXid);
    }

    /// <summary>Gives an instance that joins all that was commanded so far: ports, tables, meters, then groups, each
    /// behind those that it uses.</summary>
    /// <returns>How many messages.</returns>
    public int Fill(Follower follower)
    {
        Instance instance = follower.Instance;
        follower.HasResources = true;
        OpenFlowMessage[] commands =
        [
            .. _ports.Values,
            .. _tables.Values,
            .. virtualSwitch.Meters.InOrder.Select(each => each.ToMeterMod(MeterModCommand.Add)),
            .. virtualSwitch.Groups.InOrder.Select(each => each.ToGroupMod(GroupModCommand.Add)),
        ];
        foreach (OpenFlowMessage command in commands) SendTo(instance, command, default);
        return commands.Length;
    }

    /// <summary>Takes groups, in the reverse order, and meters from an instance whose rules are gone.</summary>
    /// <returns>How many messages.</returns>
    public int Empty(Instance instance)
    {
        ImmutableArray<ShadowGroup> groups = virtualSwitch.Groups.InOrder;
        foreach (ShadowGroup group in groups.Reverse())
            instance.Send(default, group.ToGroupMod(GroupModCommand.Delete) with { Buckets = [] });
        foreach (ShadowMeter meter in virtualSwitch.Meters.InOrder)
            instance.Send(default, meter.ToMeterMod(MeterModCommand.Delete) with { Bands = [] });
        return groups.Length + virtualSwitch.Meters.Count;
    }

    private Networks.InstanceMap Map => virtualSwitch.Primary?.Map ?? Networks.InstanceMap.Identity;

    private void SendTo(Instance instance, OpenFlowMessage command, Xid appXid)
    {
        OpenFlowMessage? translated = command switch
        {
            GroupMod groupMod => groupMod with { Buckets = GroupTranslation.Translate(groupMod.Buckets, instance.Map) },
            PortMod portMod => PortAt(instance, portMod),
            MeterMod meterMod => virtualSwitch.MeterShares.For(instance, meterMod),
            _ => command,
        };
        if (translated is not null) instance.Send(appXid, translated);
    }

    /// <summary>A virtual port has its first instance's address; the request's has to be that one (H-54).</summary>
    private (ErrorType Type, ushort Code)? FindFault(PortMod command)
    {
        PortDescription? port = virtualSwitch.Ports.FirstOrDefault(each => each.Port == command.Port);
        if (port is null) return (ErrorType.PortModFailed, ErrorCodes.PortModBadPort);
        return port.HardwareAddress == command.HardwareAddress
            ? null
            : (ErrorType.PortModFailed, ErrorCodes.PortModBadHardwareAddress);
    }

    private static PortMod? PortAt(Instance instance, PortMod command)
    {
        if (instance.Map.PlaceOf(command.Port) is not { } place) return null;
        PortDescription? port = instance.Physical.Ports.FirstOrDefault(each => each.Port == place.Egress);
        return port is null ? null : command with { Port = port.Port, HardwareAddress = port.HardwareAddress };
    }

    private void Note(PortMod command)
    {
        PortMod? before = _ports.GetValueOrDefault(command.Port);
        _ports[command.Port] = before is null ? command : command with
        {
            Config = (before.Config & ~command.Mask) | (command.Config & command.Mask),
            Mask = before.Mask | command.Mask,
            Advertise = command.Advertise == 0 ? before.Advertise : command.Advertise,
        };
    }
}
