using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Switches;

/// <summary>Changes rules at several instances so that no packet meets the new rule before another, which
/// depends on it, could meet the old one (paper section 4.1): first a guard everywhere that sends the
/// pattern's packets to us, then the rule everywhere, then the packets held meanwhile, in order, by the new
/// rule.</summary>
/// <remarks>Threading: the owner loop's; one run at a time.</remarks>
internal sealed class TwoPhaseUpdate(VirtualSwitch virtualSwitch, int heldPacketsMax)
{
    private readonly List<RuleChange> _changes = [];
    private readonly HeldPackets _held = new(virtualSwitch, heldPacketsMax);

    public long Updates { get; private set; }

    public long Held => _held.Held;

    public long Lost => _held.Lost;

    public async Task RunAsync(List<QueuedCommand> batch)
    {
        _changes.Clear();
        foreach (QueuedCommand command in batch) Resolve(command);
        if (_changes.Count > 0) await ChangeRulesAsync();
        foreach (QueuedCommand command in batch)
        {
            if (command.Message is { } message && !command.IsRefused) await ChangeResourceAsync(message, command.Xid);
        }
        foreach (QueuedCommand command in batch)
        {
            if (command.IsFlowMod && !command.IsRefused) virtualSwitch.ReleaseBuffer(command.FlowMod, command.Xid);
        }
    }

    /// <summary>Holds a packet that a guard sent up, or, if it comes after the update, sends it on.</summary>
    /// <returns>False if apps are to see it.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort) =>
        _held.TryHold(instance, packetIn, virtualPort);

    private async Task ChangeRulesAsync()
    {
        Updates += _changes.Count;
        Cookie?[] marks = _held.Guard(_changes);
        foreach (Instance instance in virtualSwitch.Live)
        {
            for (int i = 0; i < marks.Length; i++) instance.InstallGuard(_changes[i], marks[i]);
        }
        await virtualSwitch.BarrierAllAsync();
        foreach (RuleChange change in _changes) IssueFinal(change);
        await virtualSwitch.BarrierAllAsync();
        foreach (RuleChange change in _changes)
        {
            if (change.Kind == RuleChangeKind.Removed) virtualSwitch.Miss.RuleWasRemoved(change.Rule);
        }
        _changes.Clear();
        _held.ReleaseAll();
    }

    /// <summary>The rules that went with it are gone everywhere, and what comes behind waits for the barrier.</summary>
    private async Task ChangeResourceAsync(OpenFlowMessage command, Xid appXid)
    {
        virtualSwitch.Resources.Issue(command, appXid);
        await virtualSwitch.BarrierAllAsync();
    }

    private void Resolve(QueuedCommand command)
    {
        int before = _changes.Count;
        InstanceMap map = virtualSwitch.Primary?.Map ?? InstanceMap.Identity;
        (ErrorType, ushort)? refusal = command.Message is { } message
            ? Resolve(message, command.Xid)
            : CommandResolution.Resolve(
                virtualSwitch.Table, command.FlowMod,
                new CommandContext(command.Xid, virtualSwitch.Loop.NowTicks, map)
                {
                    Groups = virtualSwitch.Groups,
                    Meters = virtualSwitch.Meters,
                },
                _changes);
        for (int i = before; i < _changes.Count; i++)
        {
            // Lime's own rule may be in its place, whose counters are not this one's.
            if (TableMissRule.IsReplacedBy(_changes[i])) _changes[i] = _changes[i] with { CountsAnew = true };
            virtualSwitch.Timeouts.Changed(_changes[i]);
        }
        command.IsRefused = refusal is not null;
        if (refusal is { } reason && virtualSwitch.Primary?.Physical.Channel?.Codec is { } codec)
            virtualSwitch.Refuse(command.Xid, reason, Quote(codec, command));
    }

    private (ErrorType, ushort)? Resolve(OpenFlowMessage message, Xid appXid)
    {
        if (virtualSwitch.Resources.FindFault(message) is { } fault) return fault;
        virtualSwitch.Resources.Apply(message, appXid, _changes);
        return null;
    }

    private static ImmutableArray<byte> Quote(OpenFlowCodec codec, QueuedCommand command) =>
        command.Message is { } message
            ? CommandPath.Quote(codec, command.Xid, message)
            : CommandPath.Quote(codec, command.Xid, command.FlowMod);

    private void IssueFinal(RuleChange change)
    {
        if (change.Kind != RuleChangeKind.Removed)
        {
            // The guard's entry becomes the rule's: its counters go on, so each packet is counted once. An ADD takes
            // the guard's cookie away, where it has one.
            FlowModCommand command = _held.HasMarks ? FlowModCommand.Add : FlowModCommand.ModifyStrict;
            foreach (Instance instance in virtualSwitch.Live) instance.Install(change.Rule, command, change.Before);
            return;
        }
        var removal = new Removal(change.Rule, change.Reason, virtualSwitch.Loop.NowTicks);
        foreach (Instance instance in virtualSwitch.Live)
            instance.Delete(change.Rule, change.Before!.Value, removal);
        if (removal.Outstanding == 0) virtualSwitch.Report(removal);
    }
}
