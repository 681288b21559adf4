using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>What apps set of the virtual switch as a whole (SET_CONFIG; H-06, H-55): what becomes of fragments, which
/// every instance is told, and how much of a packet apps are shown that no rule matched.</summary>
/// <remarks>Instances send such packets up whole all the time: Lime needs them, and what an instance held would go with
/// it. So Lime cuts them itself, and holds what it cut (OpenFlow 1.0.0 section 5.3.2, 1.3.5 section 7.3.2). Until an
/// app asks for less it is shown all. A switch that several share has one setting for all of them: what becomes of
/// fragments is not theirs to say. The latest commands are kept apart, so that one that the switch refuses can be
/// forgotten. Threading: the owner loop's.</remarks>
internal sealed class SwitchSettings(VirtualSwitch virtualSwitch)
{
    private const int ApartMax = 16;

    private static readonly SetConfig Default = new(0, ushort.MaxValue);

    private readonly List<(Xid AppXid, SetConfig Command)> _commands = [];

    /// <summary>What is set now.</summary>
    public SetConfig Present => _commands.Count == 0 ? Default : _commands[^1].Command;

    /// <summary>What every instance is told: the app's flags, and whole packets.</summary>
    public SetConfig ForInstances => Present with { MissSendBytes = ushort.MaxValue };

    /// <summary>Whether a packet-in is one of those that are cut.</summary>
    /// <param name="reason">Its reason.</param>
    /// <param name="isByMissRule">Whether Lime's own rule for what no rule matches sent it.</param>
    public bool Cuts(PacketInReason reason, bool isByMissRule) => Present.MissSendBytes != ushort.MaxValue
        && (isByMissRule || reason == PacketInReason.InvalidTtl
            // Later versions have a rule for these, which says itself how much it wants.
            || (reason == PacketInReason.NoMatch && virtualSwitch.Table.Semantics.MissGoesToController));

    /// <summary>What a switch says that can't do it.</summary>
    public (ErrorType Type, ushort Code)? FindFault(SetConfig command)
    {
        bool isOthersToo = virtualSwitch.Primary is { IsPart: true } && command.Flags != Default.Flags;
        if (!isOthersToo) return null;
        return virtualSwitch.Table.Semantics.HasTables
            ? (ErrorType.SwitchConfigFailed, ErrorCodes.SwitchConfigBadFlags)
            : (ErrorType.BadRequest, ErrorCodes.Permission);
    }

    public void Apply(SetConfig command, Xid appXid)
    {
        _commands.Add((appXid, command));
        if (_commands.Count > ApartMax) _commands.RemoveAt(0);
        bool mayHold = command.MissSendBytes != ushort.MaxValue;
        if (mayHold && virtualSwitch.Primary is { } first) virtualSwitch.Buffers.Begin(first);
    }

    /// <summary>The switch has refused a command: what was set before holds, at every instance.</summary>
    /// <returns>Whether it was one of these.</returns>
    public bool Forget(Xid appXid)
    {
        if (_commands.RemoveAll(each => each.AppXid == appXid) == 0) return false;
        foreach (Instance each in virtualSwitch.Live.Where(each => !each.IsPart)) each.Send(default, ForInstances);
        return true;
    }

    /// <summary>Gives an instance that joins what is set.</summary>
    /// <returns>How many messages.</returns>
    public int Fill(Instance instance)
    {
        if (_commands.Count == 0 || instance.IsPart) return 0;
        instance.Send(default, ForInstances);
        return 1;
    }

    /// <summary>Gives an instance that leaves what every switch has that connects.</summary>
    /// <returns>How many messages.</returns>
    public int PutBack(Instance instance)
    {
        if (_commands.Count == 0 || instance.IsPart) return 0;
        instance.Send(default, Default);
        return 1;
    }
}
