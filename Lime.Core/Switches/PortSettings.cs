using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>What apps have commanded of one port.</summary>
/// <remarks>The latest commands are kept apart, so that one that the switch refuses can be forgotten; older ones are
/// one. Threading: the owner loop's.</remarks>
internal sealed class PortSettings
{
    private const int ApartMax = 16;

    private readonly List<(Xid AppXid, PortMod Command)> _commands = [];

    /// <summary>All of them in one; null if there is none.</summary>
    public PortMod? Command
    {
        get
        {
            PortMod? all = null;
            foreach ((Xid _, PortMod next) in _commands) all = all is null ? next : Both(all, next);
            return all;
        }
    }

    public bool IsEmpty => _commands.Count == 0;

    public void Add(PortMod command, Xid appXid)
    {
        _commands.Add((appXid, command));
        if (_commands.Count <= ApartMax) return;
        _commands[1] = (default, Both(_commands[0].Command, _commands[1].Command));
        _commands.RemoveAt(0);
    }

    /// <summary>The switch has refused a command.</summary>
    /// <returns>Whether it was one of these.</returns>
    public bool Forget(Xid appXid) => _commands.RemoveAll(each => each.AppXid == appXid) > 0;

    /// <summary>Forgets what the switch's new version does not have.</summary>
    public void Restrict(PortConfig bits)
    {
        for (int i = 0; i < _commands.Count; i++)
        {
            (Xid appXid, PortMod command) = _commands[i];
            _commands[i] = (appXid, command with { Config = command.Config & bits, Mask = command.Mask & bits });
        }
    }

    private static PortMod Both(PortMod first, PortMod second) => second with
    {
        Config = (first.Config & ~second.Mask) | (second.Config & second.Mask),
        Mask = first.Mask | second.Mask,
        Advertise = second.Advertise == 0 ? first.Advertise : second.Advertise,
    };
}
