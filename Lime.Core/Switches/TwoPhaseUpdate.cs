using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
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
    private readonly Queue<HeldPacket> _held = [];
    private readonly GuardMarks _marks = new();

    public long Updates { get; private set; }

    public long Held { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Packets held that have been sent on.</summary>
    public long Released { get; private set; }

    public bool HoldsPackets => _held.Count > 0;

    public async Task RunAsync(List<QueuedCommand> batch)
    {
        _changes.Clear();
        foreach (QueuedCommand command in batch) Resolve(command);
        if (_changes.Count > 0) await ChangeRulesAsync();
        foreach (QueuedCommand command in batch)
        {
            if (command.Message is { } message && !command.IsRefused) await ChangeResourceAsync(message, command.Xid);
        }
        foreach (QueuedCommand command in batch) ReleaseBuffer(command.FlowMod.BufferId);
    }

    /// <summary>Holds a packet that a guard sent up, or, if it comes after the update, sends it on.</summary>
    /// <remarks>Open vSwitch goes on sending packets up by a flow it has cached for up to 500 ms after the
    /// rule is gone.</remarks>
    /// <returns>False if apps are to see it.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort)
    {
        bool isGuarded;
        if (HasMarks)
        {
            if (!_marks.Knows(packetIn.Cookie)) return false;
            isGuarded = _marks.IsPresent(packetIn.Cookie);
        }
        else
        {
            if (packetIn.Reason != PacketInReason.Action) return false;
            PacketFields fields = PacketParser.Parse(virtualPort, packetIn.Data);
            FlowRule? rule = virtualSwitch.Table.Lookup(fields);
            isGuarded = MeetsGuard(fields, rule);
            if (!isGuarded && (rule is null || rule.Actions.SendsTo(PortNumber.Controller))) return false;
        }
        var packet =
            new HeldPacket(instance.Physical.Datapath, packetIn.BufferId, virtualPort, packetIn.Data.ToArray())
            {
                Guarded = HasMarks ? _marks.RuleOf(packetIn.Cookie) : null,
            };
        if (!isGuarded)
        {
            Release(packet);
        }
        else if (_held.Count < heldPacketsMax)
        {
            Held++;
            _held.Enqueue(packet);
        }
        else
        {
            Lost++;
        }
        return true;
    }

    /// <summary>Where packet-ins name their rule, a guard has a cookie of its own: no guess is needed, whatever table
    /// it lies in and whatever it matches.</summary>
    private bool HasMarks => virtualSwitch.Table.Semantics is { PacketInNamesRule: true, AddResetsCounters: false };

    private async Task ChangeRulesAsync()
    {
        Updates += _changes.Count;
        Cookie?[] marks = [.. _changes.Select(each => HasMarks ? _marks.Next(each.Rule) : (Cookie?)null)];
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
        _marks.BecomePast();
        while (_held.TryDequeue(out HeldPacket? packet)) Release(packet);
    }

    /// <summary>The rules that went with it are gone everywhere, and what comes behind waits for the barrier.</summary>
    private async Task ChangeResourceAsync(OpenFlowMessage command, Xid appXid)
    {
        virtualSwitch.Resources.Issue(command, appXid);
        await virtualSwitch.BarrierAllAsync();
    }

    private bool MeetsGuard(in PacketFields fields, FlowRule? rule)
    {
        foreach (RuleChange change in _changes)
        {
            bool isAbove = rule is null || change.Rule.Key.Priority >= rule.Key.Priority;
            if (isAbove && change.Rule.Key.Match.Matches(fields)) return true;
        }
        return false;
    }

    private void Resolve(QueuedCommand command)
    {
        virtualSwitch.SerialOrder?.Invoke(new(command.Xid));
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
            FlowModCommand command = HasMarks ? FlowModCommand.Add : FlowModCommand.ModifyStrict;
            foreach (Instance instance in virtualSwitch.Live) instance.Install(change.Rule, command, change.Before);
            return;
        }
        var removal = new Removal(change.Rule, change.Reason, virtualSwitch.Loop.NowTicks);
        foreach (Instance instance in virtualSwitch.Live)
            instance.Delete(change.Rule, change.Before!.Value, removal);
        if (removal.Outstanding == 0) virtualSwitch.Report(removal);
    }

    /// <summary>Sends a packet on as the table says now.</summary>
    private void Release(HeldPacket packet)
    {
        Released++;
        Instance? instance = virtualSwitch.Live.Find(each => each.Physical.Datapath == packet.Instance);
        if (HasMarks && !IsPlain(packet.Guarded))
        {
            ReleaseThroughTable(packet, instance);
            return;
        }
        FlowRule? rule = packet.Guarded
            ?? virtualSwitch.Table.Lookup(PacketParser.Parse(packet.InPort, packet.Bytes));
        bool isForApps = rule is null || rule.Actions.SendsTo(PortNumber.Controller);
        if (isForApps) ShowToApps(packet, rule);
        if (rule is null || instance?.Physical.Channel is not { } channel) return;
        FlowAction[] outputs = [.. rule.Actions.Where(action => action.Port != PortNumber.Controller)];
        if (outputs.Length == 0) return;
        PortNumber physicalPort = instance.Map.PlaceOf(packet.InPort)?.Egress ?? packet.InPort;
        channel.Send(channel.NextXid(), new PacketOut
        {
            BufferId = packet.BufferId,
            InPort = physicalPort,
            Actions = ActionTranslation.Translate(ActionList.Of(outputs), instance.Map, packet.InPort, physicalPort),
            Data = packet.BufferId == BufferId.None ? packet.Bytes : default,
        });
    }

    /// <summary>A rule whose actions Lime can carry out by itself, which counts the packet that the guard has counted
    /// only once.</summary>
    private static bool IsPlain(FlowRule? rule) =>
        rule is { IsRemoved: false, Key.Table.Value: 0, Instructions.IsPlain: true };

    /// <summary>The switch looks again: its tables as they are now decide, those that came before the guard's
    /// too.</summary>
    private static void ReleaseThroughTable(HeldPacket packet, Instance? instance)
    {
        if (instance?.Physical.Channel is not { } channel) return;
        channel.Send(channel.NextXid(), new PacketOut
        {
            BufferId = packet.BufferId,
            InPort = instance.Map.PlaceOf(packet.InPort)?.Egress ?? packet.InPort,
            Actions = ActionList.Output(PortNumber.Table),
            Data = packet.BufferId == BufferId.None ? packet.Bytes : default,
        });
    }

    private void ShowToApps(HeldPacket packet, FlowRule? rule) => virtualSwitch.Apps.PacketIn(
        virtualSwitch, new PacketIn
        {
            BufferId = BufferId.None,
            TotalBytes = (ushort)packet.Bytes.Length,
            InPort = packet.InPort,
            Reason = rule is null ? PacketInReason.NoMatch : PacketInReason.Action,
            Cookie = HasMarks && rule is not null ? rule.Cookie : default,
            Data = packet.Bytes,
        });

    /// <summary>The packet that a flow-mod named is sent by the table as it is now (H-04).</summary>
    private void ReleaseBuffer(BufferId bufferId)
    {
        if (bufferId == BufferId.None || virtualSwitch.Buffers.Take(bufferId) is not { } held) return;
        if (held.Instance.Physical.Channel is not { } channel) return;
        PortNumber physicalPort = held.Instance.Map.PlaceOf(held.InPort)?.Egress ?? held.InPort;
        channel.Send(channel.NextXid(), new PacketOut
        {
            BufferId = held.Physical,
            InPort = physicalPort,
            Actions = ActionList.Output(PortNumber.Table),
        });
    }
}
