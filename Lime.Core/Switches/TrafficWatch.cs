using Lime.Core.Rules;

namespace Lime.Core.Switches;

/// <summary>Notices whether packets have come to an instance since it was last looked at.</summary>
/// <remarks>
/// Each rule's counters are held against what they were, and not their sum: a rule that goes takes what it had counted
/// out of the sum, so that with an app whose rules come and go nothing would ever seem quiet. What a rule has counted
/// between the last look and its end is in its flow-removed.
/// Life cycle: <see cref="LookAsync"/> first gives what is held against; <see cref="Dispose"/> ends it. Bound: the
/// rules that the instance has had meanwhile. Threading: the owner loop's.
/// </remarks>
internal sealed class TrafficWatch : IDisposable
{
    private readonly Instance _instance;
    private readonly Dictionary<FlowRule, ulong> _known = [];
    private (long PacketIns, long Released) _others;
    private bool _hasRemovedCounted;

    public TrafficWatch(Instance instance)
    {
        _instance = instance;
        instance.Ledger.Settled += Removed;
    }

    /// <returns>Whether packets have come, or have left that were held, since the last look, or are held
    /// yet.</returns>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">The switch doesn't answer.</exception>
    public async Task<bool> LookAsync()
    {
        // As it is before the switch is asked: what is sent on later is not behind its answer.
        (long released, bool holdsPackets) =
            _instance.VirtualSwitch.Updates.Holding(_instance.Physical.Datapath);
        Dictionary<FlowRule, FlowCounters> counters = await StatisticsMerge.ReadCountersAsync(_instance);
        bool hasCounted = _hasRemovedCounted;
        _hasRemovedCounted = false;
        foreach ((FlowRule rule, FlowCounters now) in counters)
        {
            hasCounted |= now.Packets > 0 && now.Packets != _known.GetValueOrDefault(rule);
            _known[rule] = now.Packets;
        }
        hasCounted |= HasLostAdopted(counters);
        (long PacketIns, long Released) others = (_instance.PacketInsReceived, released);
        bool hasMoved = hasCounted || others != _others || holdsPackets;
        _others = others;
        return hasMoved;
    }

    /// <summary>A rule that was found on the switch may not report its end: whether it has counted is not
    /// known.</summary>
    private bool HasLostAdopted(Dictionary<FlowRule, FlowCounters> present)
    {
        List<FlowRule> lost = [.. _known.Keys.Where(each => each.IsAdopted && !present.ContainsKey(each))];
        foreach (FlowRule each in lost) _known.Remove(each);
        return lost.Count > 0;
    }

    public void Dispose() => _instance.Ledger.Settled -= Removed;

    /// <summary>A rule may have several entries, which report one by one.</summary>
    private void Removed(FlowRule rule, FlowCounters counted)
    {
        ulong known = _known.GetValueOrDefault(rule);
        _hasRemovedCounted |= counted.Packets > known;
        _known[rule] = known - Math.Min(known, counted.Packets);
    }
}
