using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

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

    public long Updates { get; private set; }

    public long Held { get; private set; }

    public long Lost { get; private set; }

    public async Task RunAsync(List<QueuedCommand> batch)
    {
        _changes.Clear();
        foreach (QueuedCommand command in batch) Resolve(command);
        if (_changes.Count == 0) return;
        Updates += _changes.Count;
        foreach (Instance instance in virtualSwitch.Live)
        {
            foreach (RuleChange change in _changes)
                instance.InstallGuard(change.Rule, change.ActionsBefore, change.Kind == RuleChangeKind.Replaced);
        }
        await virtualSwitch.BarrierAllAsync();
        foreach (RuleChange change in _changes) IssueFinal(change);
        await virtualSwitch.BarrierAllAsync();
        _changes.Clear();
        while (_held.TryDequeue(out HeldPacket? packet)) Release(packet);
        foreach (QueuedCommand command in batch) ReleaseBuffer(command.FlowMod.BufferId);
    }

    /// <summary>Holds a packet that a guard sent up, or, if it comes after the update, sends it on.</summary>
    /// <remarks>Open vSwitch goes on sending packets up by a flow it has cached for up to 500 ms after the
    /// rule is gone.</remarks>
    /// <returns>False if apps are to see it.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort)
    {
        PacketFields fields = PacketParser.Parse(virtualPort, packetIn.Data);
        FlowRule? rule = virtualSwitch.Table.Lookup(fields);
        bool isGuarded = MeetsGuard(fields, rule);
        if (!isGuarded && (rule is null || rule.Actions.SendsTo(PortNumber.Controller))) return false;
        var packet =
            new HeldPacket(instance.Physical.Datapath, packetIn.BufferId, virtualPort, packetIn.Data.ToArray());
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
        int before = _changes.Count;
        InstanceMap map = virtualSwitch.Primary?.Map ?? InstanceMap.Identity;
        (ErrorType, ushort)? refusal = CommandResolution.Resolve(
            virtualSwitch.Table, command.FlowMod,
            new CommandContext(command.Xid, virtualSwitch.Loop.NowTicks, map), _changes);
        for (int i = before; i < _changes.Count; i++) virtualSwitch.Timeouts.Changed(_changes[i]);
        if (refusal is { } reason && virtualSwitch.Primary?.Physical.Channel?.Codec is { } codec)
            virtualSwitch.Refuse(command.Xid, reason, CommandPath.Quote(codec, command.Xid, command.FlowMod));
    }

    private void IssueFinal(RuleChange change)
    {
        if (change.Kind != RuleChangeKind.Removed)
        {
            // The guard's entry becomes the rule's: its counters go on, so each packet is counted once.
            foreach (Instance instance in virtualSwitch.Live)
                instance.Install(change.Rule, FlowModCommand.ModifyStrict, change.ActionsBefore);
            return;
        }
        var removal = new Removal(change.Rule, FlowRemovedReason.Delete, virtualSwitch.Loop.NowTicks);
        foreach (Instance instance in virtualSwitch.Live) instance.Delete(change.Rule, change.ActionsBefore!, removal);
        if (removal.Outstanding == 0) virtualSwitch.Report(removal);
    }

    /// <summary>Sends a packet on as the table says now.</summary>
    private void Release(HeldPacket packet)
    {
        Instance? instance = virtualSwitch.Live.Find(each => each.Physical.Datapath == packet.Instance);
        FlowRule? rule = virtualSwitch.Table.Lookup(PacketParser.Parse(packet.InPort, packet.Bytes));
        bool isForApps = rule is null || rule.Actions.SendsTo(PortNumber.Controller);
        if (isForApps)
        {
            virtualSwitch.Apps.PacketIn(virtualSwitch, new PacketIn
            {
                BufferId = BufferId.None,
                TotalBytes = (ushort)packet.Bytes.Length,
                InPort = packet.InPort,
                Reason = rule is null ? PacketInReason.NoMatch : PacketInReason.Action,
                Data = packet.Bytes,
            });
        }
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
