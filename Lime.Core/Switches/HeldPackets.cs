using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>The packets that guard rules sent up, which wait for the rules that come in the guards' place, and then
/// leave in order (paper section 4.1).</summary>
/// <remarks>Life cycle: <see cref="Guard"/> before guards are installed, <see cref="ReleaseAll"/> when the rules have
/// taken their places. Bound: more packets than it holds are lost, and counted. Threading: the owner loop's.</remarks>
internal sealed class HeldPackets(VirtualSwitch virtualSwitch, int packetsMax)
{
    private readonly Queue<HeldPacket> _held = [];
    private readonly GuardMarks _marks = new();
    private List<RuleChange> _guarded = [];

    public long Held { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Where packet-ins name their rule, a guard has a cookie of its own: no guess is needed, whatever table
    /// it lies in and whatever it matches.</summary>
    public bool HasMarks => virtualSwitch.Table.Semantics is { PacketInNamesRule: true, AddResetsCounters: false };

    /// <summary>The marks of the guards for these changes, in their order.</summary>
    public Cookie[] Guard(List<RuleChange> changes)
    {
        _guarded = changes;
        return [.. changes.Select(each => _marks.Next(each.Rule))];
    }

    /// <summary>The guards are gone: what they held leaves by the rules that are there now.</summary>
    public void ReleaseAll()
    {
        _guarded = [];
        _marks.BecomePast();
        while (_held.TryDequeue(out HeldPacket? packet)) Release(packet);
    }

    /// <summary>Holds a packet that a guard sent up, or, if it comes after the update, sends it on.</summary>
    /// <remarks>Open vSwitch goes on sending packets up by a flow it has cached for up to 500 ms after the
    /// rule is gone.</remarks>
    /// <returns>False if apps are to see it.</returns>
    public bool TryHold(Instance instance, in PacketIn packetIn, PortNumber virtualPort)
    {
        bool isGuarded;
        FlowRule? countedBy;
        if (HasMarks)
        {
            if (!_marks.Knows(packetIn.Cookie)) return false;
            isGuarded = _marks.IsPresent(packetIn.Cookie);
            countedBy = _marks.RuleOf(packetIn.Cookie);
        }
        else
        {
            if (packetIn.Reason != PacketInReason.Action) return false;
            PacketFields fields = PacketParser.Parse(virtualPort, packetIn.Data);
            FlowRule? rule = virtualSwitch.Table.Lookup(fields);
            countedBy = FindGuard(fields, rule);
            isGuarded = countedBy is not null;
            if (!isGuarded && (rule is null || rule.Actions.SendsTo(PortNumber.Controller))) return false;
        }
        var packet =
            new HeldPacket(instance.Physical.Datapath, packetIn.BufferId, virtualPort, packetIn.Data.ToArray())
            {
                Guarded = HasMarks ? countedBy : null,
                CountedBy = countedBy,
            };
        if (!isGuarded)
        {
            Release(packet);
        }
        else if (_held.Count < packetsMax)
        {
            Held++;
            _held.Enqueue(packet);
            Account(packet);
        }
        else
        {
            Lost++;
        }
        return true;
    }

    /// <summary>A guard of a rule that goes has counted a packet that another rule will send: its instance's last
    /// report of the rule has one too many (H-32).</summary>
    private void Account(HeldPacket packet)
    {
        foreach (RuleChange change in _guarded)
        {
            if (change.Kind != RuleChangeKind.Removed || change.Rule != packet.CountedBy) continue;
            Dictionary<DatapathId, FlowCounters> sent = change.Rule.SentByOthers ??= [];
            sent[packet.Instance] = sent.GetValueOrDefault(packet.Instance) + packet.Counters;
        }
    }

    /// <summary>The rule whose guard such a packet meets: the highest above the one that it would meet
    /// otherwise.</summary>
    private FlowRule? FindGuard(in PacketFields fields, FlowRule? rule)
    {
        FlowRule? found = null;
        foreach (RuleChange change in _guarded)
        {
            bool isAbove = rule is null || change.Rule.Key.Priority >= rule.Key.Priority;
            bool isHighest = found is null || change.Rule.Key.Priority > found.Key.Priority;
            if (isAbove && isHighest && change.Rule.Key.Match.Matches(fields)) found = change.Rule;
        }
        return found;
    }

    /// <summary>Sends a packet on as the table says now.</summary>
    private void Release(HeldPacket packet)
    {
        Instance? instance = virtualSwitch.Live.Find(
            each => each.Physical.Datapath == packet.Instance && each.Physical.IsConnected);
        if (instance is null)
        {
            // The instance that sent it up is lost. It leaves by the one that stays, from our copy.
            instance = virtualSwitch.Live.Find(static each => each.Physical.IsConnected);
            packet = packet with { BufferId = BufferId.None };
        }
        if (HasMarks && !IsPlain(packet.Guarded))
        {
            ReleaseThroughTable(packet, instance);
            return;
        }
        FlowRule? rule = packet.Guarded
            ?? virtualSwitch.Table.Lookup(PacketParser.Parse(packet.InPort, packet.Bytes));
        bool isForApps = rule is null || rule.Actions.SendsTo(PortNumber.Controller);
        if (rule is not null && rule != packet.CountedBy) rule.Retired += packet.Counters;
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
}
