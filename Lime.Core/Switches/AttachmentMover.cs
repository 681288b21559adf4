using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Rewrites a neighbour's rules when the other end of one of its links moves (paper section
/// 3).</summary>
/// <remarks>What is new is installed and confirmed before what is old goes. Threading: the owner
/// loop's.</remarks>
internal sealed class AttachmentMover(SwitchRegistry registry, MigrationTally tally)
{
    private readonly Dictionary<Instance, List<(FlowRule Rule, PhysicalRule Entry)>> _stale = [];

    /// <summary>Packets may now arrive from both instances: rules on the port are duplicated. Egress
    /// stays.</summary>
    public Task AcceptBothAsync(NeighbourEnd end) =>
        RemapAsync(end, EgressOf(end), [end.PortBefore, end.PortAfter]);

    /// <summary>What the neighbour sends goes to the target from now on.</summary>
    public Task SendToTargetAsync(NeighbourEnd end) => RemapAsync(end, end.PortAfter, [end.PortBefore, end.PortAfter]);

    /// <summary>What the neighbour sends goes to the source again.</summary>
    public Task SendToSourceAsync(NeighbourEnd end) => RemapAsync(end, end.PortBefore, [end.PortBefore, end.PortAfter]);

    /// <summary>Packets arrive by one cable only: the rules on the other one are deleted, their counters
    /// kept.</summary>
    public async Task SettleAsync(NeighbourEnd end, PortNumber port)
    {
        await RemapAsync(end, port, [port]);
        await DeleteStaleAsync(end.Instance);
        registry.SetMap(end.Instance, end.Instance.Map.WithoutDeparting());
    }

    private static PortNumber EgressOf(NeighbourEnd end) =>
        end.Instance.Map.PlaceOf(end.VirtualPort)?.Egress ?? end.PortBefore;

    private async Task RemapAsync(
        NeighbourEnd end, PortNumber egress, System.Collections.Immutable.ImmutableArray<PortNumber> ingress)
    {
        Instance instance = end.Instance;
        InstanceMap map = instance.Map.With(end.VirtualPort, new PortPlace(egress, ingress));
        List<(FlowRule Rule, PhysicalRule Entry)> stale = [];
        long before = instance.FlowModsSent;
        foreach (FlowRule rule in instance.VirtualSwitch.Table.Rules)
        {
            foreach (PhysicalRule entry in instance.Remap(rule, map)) stale.Add((rule, entry));
        }
        tally.FlowModsWereSent((int)(instance.FlowModsSent - before));
        registry.SetMap(instance, map);
        _stale[instance] = stale;
        if (!instance.Physical.IsConnected) return; // Its table is brought up to date when it connects again.
        await instance.Physical.BarrierAsync();
        tally.BarrierWasAnswered();
        if (stale.Count > 0 && ingress.Length > 1) await DeleteStaleAsync(instance);
    }

    private async Task DeleteStaleAsync(Instance instance)
    {
        if (!_stale.Remove(instance, out List<(FlowRule Rule, PhysicalRule Entry)>? stale) || stale.Count == 0) return;
        if (!instance.Physical.IsConnected) return;
        LoopGate gate = instance.VirtualSwitch.CounterGate;
        await gate.EnterAsync();
        try
        {
            await KeepCountersAsync(instance, stale);
            foreach ((FlowRule rule, PhysicalRule entry) in stale) instance.DeleteEntrySilently(rule, entry);
            tally.FlowModsWereSent(stale.Count);
            await instance.Physical.BarrierAsync();
            tally.BarrierWasAnswered();
        }
        finally
        {
            gate.Leave();
        }
    }

    private static async Task KeepCountersAsync(Instance instance, List<(FlowRule Rule, PhysicalRule Entry)> stale)
    {
        OpenFlow.Wire.TableSemantics semantics = instance.VirtualSwitch.Table.Semantics;
        var rules = stale.ToDictionary(
            each => RuleKey.Of(each.Entry.Match, each.Rule.Priority, semantics), each => each.Rule);
        IEnumerable<FlowStatistics> found = (await instance.Physical.RequestAllAsync(new FlowStatisticsRequest(
            OpenFlow.Matching.Match.Any, TableId.All, PortNumber.Any)))
            .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows);
        foreach (FlowStatistics entry in found)
        {
            RuleKey key = RuleKey.Of(entry.Match, entry.Priority, semantics);
            if (rules.TryGetValue(key, out FlowRule? rule))
                rule.Retired += new FlowCounters(entry.PacketCount, entry.ByteCount);
        }
    }
}
