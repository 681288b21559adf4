using System.Collections.Frozen;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>What apps command of ports (H-54): judged, translated, and noted for an instance that joins later and for a
/// switch that comes back without it; an instance that leaves is given back what it had.</summary>
/// <remarks>Where FLOOD is a list of ports, a port that floods leave out (OFPPC_NO_FLOOD) is left out of the lists.
/// Threading: the owner loop's.</remarks>
internal sealed class PortCommands(VirtualSwitch virtualSwitch)
{
    private readonly SortedDictionary<uint, PortSettings> _settings = [];

    /// <summary>What is set of each port, in virtual numbers.</summary>
    private IEnumerable<PortMod> Commands => _settings.Values.Select(each => each.Command!);

    /// <summary>A virtual port has its first instance's address; the request's has to be that one.</summary>
    public (ErrorType Type, ushort Code)? FindFault(PortMod command)
    {
        PortDescription? port = virtualSwitch.Ports.FirstOrDefault(each => each.Port == command.Port);
        if (port is null) return (ErrorType.PortModFailed, ErrorCodes.PortModBadPort);
        if (port.HardwareAddress != command.HardwareAddress)
            return (ErrorType.PortModFailed, ErrorCodes.PortModBadHardwareAddress);
        bool isKnown = (command.Mask & ~virtualSwitch.Table.Semantics.PortConfigBits) == 0;
        return isKnown ? null : (ErrorType.PortModFailed, ErrorCodes.PortModBadConfig);
    }

    /// <summary>Notes a command.</summary>
    /// <param name="command">The command, without fault.</param>
    /// <param name="appXid">The id the app was given for it.</param>
    /// <param name="changes">Rules whose translation it changes.</param>
    public void Apply(PortMod command, Xid appXid, List<RuleChange> changes)
    {
        uint key = command.Port.Value;
        if (!_settings.TryGetValue(key, out PortSettings? settings)) _settings[key] = settings = new PortSettings();
        settings.Add(command, appXid);
        if (PlaceFloods()) changes.AddRange(Floods());
    }

    /// <summary>The switch has refused a command.</summary>
    /// <returns>Whether it was one on a port.</returns>
    public bool Forget(Xid appXid)
    {
        foreach ((uint key, PortSettings settings) in _settings)
        {
            if (!settings.Forget(appXid)) continue;
            if (settings.IsEmpty) _settings.Remove(key);
            if (!PlaceFloods()) return true;
            foreach (RuleChange change in Floods())
            {
                foreach (Instance each in virtualSwitch.Live)
                    each.Install(change.Rule, FlowModCommand.ModifyStrict, change.Before);
            }
            return true;
        }
        return false;
    }

    /// <summary>Forgets what the switch's new version does not have.</summary>
    public void Restrict(PortConfig bits)
    {
        foreach (PortSettings settings in _settings.Values) settings.Restrict(bits);
        PlaceFloods();
    }

    /// <summary>Gives an instance that joins all that was commanded so far.</summary>
    /// <returns>How many messages.</returns>
    public int Fill(Instance instance)
    {
        instance.Map = instance.Map.WithNotFlooded(NotFlooded());
        foreach (PortMod command in Commands) Send(instance, command, default);
        return _settings.Count;
    }

    /// <summary>Gives a switch that is back what it has lost.</summary>
    public void Restore(Instance instance)
    {
        foreach (PortMod command in Commands)
        {
            bool isThere = PortOf(instance, command.Port) is { } port
                && ((port.Config ^ command.Config) & command.Mask) == 0;
            if (!isThere) Send(instance, command, default);
        }
    }

    /// <summary>Gives the ports of an instance that leaves what they had before.</summary>
    /// <returns>How many messages.</returns>
    public int PutBack(Instance instance)
    {
        int count = 0;
        foreach (PortMod command in Commands)
        {
            if (PortOf(instance, command.Port) is not { } port) continue;
            if (!instance.PortConfigBefore.TryGetValue(port.Port, out PortConfig before)) continue;
            if (((before ^ command.Config) & command.Mask) == 0) continue;
            instance.Send(
                default, new PortMod(port.Port, port.HardwareAddress, before & command.Mask, command.Mask, 0));
            count++;
        }
        return count;
    }

    /// <summary>Sends a command in an instance's numbers, with its port's own address; nothing if it lacks the
    /// port.</summary>
    public static void Send(Instance instance, PortMod command, Xid appXid)
    {
        if (PortOf(instance, command.Port) is not { } port) return;
        instance.PortConfigBefore.TryAdd(port.Port, port.Config);
        instance.Send(appXid, command with { Port = port.Port, HardwareAddress = port.HardwareAddress });
    }

    private static PortDescription? PortOf(Instance instance, PortNumber virtualPort) =>
        instance.Map.PlaceOf(virtualPort) is { } place
            ? instance.Physical.Ports.FirstOrDefault(each => each.Port == place.Home)
            : null;

    private FrozenSet<PortNumber> NotFlooded() => Commands
        .Where(each => (each.Config & each.Mask & PortConfig.NoFlood) != 0).Select(each => each.Port).ToFrozenSet();

    /// <returns>Whether floods lead elsewhere now.</returns>
    private bool PlaceFloods()
    {
        FrozenSet<PortNumber> ports = NotFlooded();
        bool isChanged = false;
        foreach (Instance instance in virtualSwitch.Live.Append(virtualSwitch.Follower?.Instance).OfType<Instance>())
        {
            isChanged |= !instance.Map.IsIdentity && !instance.Map.NotFlooded.SetEquals(ports);
            instance.Map = instance.Map.WithNotFlooded(ports);
        }
        return isChanged;
    }

    private RuleChange[] Floods() => [.. virtualSwitch.Table.Rules
        .Where(rule => rule.Instructions.Actions.SendsTo(PortNumber.Flood)
            || rule.Instructions.Others.WriteActions?.SendsTo(PortNumber.Flood) == true)
        .Select(rule => new RuleChange(RuleChangeKind.Modified, rule, rule.Instructions))];
}
