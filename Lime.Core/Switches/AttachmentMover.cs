using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Rewrites a neighbour's rules when the other end of one of its links moves (paper section
/// 3).</summary>
/// <remarks>What is new is installed and confirmed before what is old goes. Threading: the owner
/// loop's.</remarks>
internal sealed class AttachmentMover(SwitchRegistry registry, MigrationTally tally)
{
    /// <summary>How long undoing waits for a neighbour that may be sending to the target and doesn't
    /// answer.</summary>
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReturnPoll = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<Instance, List<(FlowRule Rule, PhysicalRule Entry)>> _stale = [];
    private readonly HashSet<NeighbourEnd> _towardsTarget = [];

    /// <summary>Neighbours that may be sending to the instance that is left, and have not confirmed that they don't any
    /// more.</summary>
    public HashSet<Instance> Unconfirmed { get; } = [];

    /// <summary>Whether a neighbour may have sent packets to the target.</summary>
    public bool HasMoved => _towardsTarget.Count > 0;

    /// <summary>Packets may now arrive from both instances: rules on the port are duplicated. Egress
    /// stays.</summary>
    /// <exception cref="MigrationStepException">The neighbour is not connected: it could not be
    /// told.</exception>
    public Task AcceptBothAsync(NeighbourEnd end)
    {
        RequireConnected(end);
        return RemapAsync(end, EgressOf(end), [end.PortBefore, end.PortAfter]);
    }

    /// <summary>What the neighbour sends goes to the target from now on.</summary>
    /// <exception cref="MigrationStepException">The neighbour is not connected: it could not be
    /// told.</exception>
    public Task SendToTargetAsync(NeighbourEnd end)
    {
        RequireConnected(end);
        _towardsTarget.Add(end);
        return RemapAsync(end, end.PortAfter, [end.PortBefore, end.PortAfter]);
    }

    /// <summary>Places a port anew, at once for all its rules, and confirms it. Entries that are not needed any more
    /// stay until <see cref="TidyAsync"/>.</summary>
    public async Task PlaceAsync(NeighbourEnd end, PortPlace place)
    {
        await NeighbourGroups.MoveAsync(end, place);
        Remap(end, place);
        await end.Instance.Physical.BarrierAsync();
        tally.BarrierWasAnswered();
    }

    /// <summary>Deletes the entries that the last placing has left, and keeps their counters.</summary>
    public Task TidyAsync(Instance instance) => DeleteStaleAsync(instance);

    /// <summary>As <see cref="SendToTargetAsync"/>, when the source is lost and there is no way back: a neighbour that
    /// can't be told now is told when it connects again, and may go on sending to the source until then.</summary>
    /// <exception cref="MigrationStepException">It is not connected.</exception>
    public async Task LeaveSourceAsync(NeighbourEnd end)
    {
        Unconfirmed.Add(end.Instance);
        _towardsTarget.Add(end);
        await RemapAsync(end, end.PortAfter, [end.PortBefore, end.PortAfter]);
        RequireConnected(end);
        Unconfirmed.Remove(end.Instance);
    }

    /// <summary>What the neighbour sends goes to the source again.</summary>
    /// <remarks>A neighbour that may be sending to the target is waited for: the target must not be emptied
    /// before it has confirmed.</remarks>
    /// <exception cref="MigrationStepException">It has not confirmed in time.</exception>
    public async Task SendToSourceAsync(NeighbourEnd end)
    {
        PhysicalSwitch physical = end.Instance.Physical;
        await NeighbourGroups.MoveAsync(end, new PortPlace(end.PortBefore, [end.PortBefore, end.PortAfter]));
        List<(FlowRule Rule, PhysicalRule Entry)> stale = Remap(end, end.PortBefore, [end.PortBefore, end.PortAfter]);
        long giveUpTicks = registry.Loop.NowTicks + ReturnPatience.Ticks;
        while (!await IsConfirmedAsync(end.Instance))
        {
            bool mayWait = _towardsTarget.Contains(end) && registry.Loop.NowTicks < giveUpTicks;
            if (_towardsTarget.Contains(end)) Unconfirmed.Add(end.Instance);
            if (!mayWait)
                throw new MigrationStepException($"The neighbour {physical.Name} has not confirmed its rules.");
            await registry.Loop.WaitAsync(ReturnPoll, CancellationToken.None);
        }
        Unconfirmed.Remove(end.Instance);
        if (stale.Count > 0) await DeleteStaleAsync(end.Instance);
    }

    /// <summary>Packets arrive by one cable only: the rules on the other one are deleted, their counters
    /// kept.</summary>
    /// <param name="end">The neighbour's end.</param>
    /// <param name="port">The cable.</param>
    /// <param name="putInOrder">Makes good what the neighbour has refused; what it should have deleted is known
    /// meanwhile.</param>
    public async Task SettleAsync(NeighbourEnd end, PortNumber port, Func<Instance, Task> putInOrder)
    {
        await NeighbourGroups.MoveAsync(end, PortPlace.At(port));
        Remap(end, port, [port]);
        if (await end.Instance.Physical.TryBarrierAsync()) tally.BarrierWasAnswered();
        // Entries that may be left are known as departing until its table is read again.
        bool isClean = await DeleteStaleAsync(end.Instance);
        await putInOrder(end.Instance);
        if (isClean) registry.SetMap(end.Instance, end.Instance.Map.WithoutDeparting());
    }

    private static PortNumber EgressOf(NeighbourEnd end) =>
        end.Instance.Map.PlaceOf(end.VirtualPort)?.Egress ?? end.PortBefore;

    private static void RequireConnected(NeighbourEnd end)
    {
        PhysicalSwitch physical = end.Instance.Physical;
        if (!physical.IsConnected) throw new MigrationStepException($"The neighbour {physical.Name} is not connected.");
    }

    /// <summary>Whether a switch has its rules: after a reconnect only once its table is in order
    /// again.</summary>
    private async Task<bool> IsConfirmedAsync(Instance instance)
    {
        PhysicalSwitch physical = instance.Physical;
        bool isInOrder = instance.IsReconciled || instance.ForeignRules > 0;
        if (!physical.IsConnected || !isInOrder || !await physical.TryBarrierAsync()) return false;
        tally.BarrierWasAnswered();
        return true;
    }

    private async Task RemapAsync(NeighbourEnd end, PortNumber egress, ImmutableArray<PortNumber> ingress)
    {
        Instance instance = end.Instance;
        await NeighbourGroups.MoveAsync(end, new PortPlace(egress, ingress));
        List<(FlowRule Rule, PhysicalRule Entry)> stale = Remap(end, egress, ingress);
        if (!instance.Physical.IsConnected) return; // Its table is brought up to date when it connects again.
        await instance.Physical.BarrierAsync();
        tally.BarrierWasAnswered();
        if (stale.Count > 0 && ingress.Length > 1) await DeleteStaleAsync(instance);
    }

    private List<(FlowRule Rule, PhysicalRule Entry)> Remap(
        NeighbourEnd end, PortNumber egress, ImmutableArray<PortNumber> ingress) =>
        Remap(end, new PortPlace(egress, ingress));

    private List<(FlowRule Rule, PhysicalRule Entry)> Remap(NeighbourEnd end, PortPlace place)
    {
        Instance instance = end.Instance;
        InstanceMap map = instance.Map.With(end.VirtualPort, place);
        List<(FlowRule Rule, PhysicalRule Entry)> stale = [];
        long before = instance.FlowModsSent;
        foreach (FlowRule rule in instance.VirtualSwitch.Table.Rules)
        {
            foreach (PhysicalRule entry in instance.Remap(rule, map)) stale.Add((rule, entry));
        }
        tally.FlowModsWereSent((int)(instance.FlowModsSent - before));
        registry.SetMap(instance, map);
        _stale[instance] = stale;
        return stale;
    }

    /// <returns>Whether it is confirmed that nothing is left.</returns>
    private async Task<bool> DeleteStaleAsync(Instance instance)
    {
        if (!_stale.Remove(instance, out List<(FlowRule Rule, PhysicalRule Entry)>? stale)) return true;
        if (!instance.Physical.IsConnected) return false;
        if (stale.Count == 0) return true;
        LoopGate gate = instance.VirtualSwitch.CounterGate;
        await gate.EnterAsync();
        try
        {
            await TryKeepCountersAsync(instance, stale.FindAll(each => !Reports(each.Rule)));
            if (!instance.Physical.IsConnected) return false;
            foreach ((FlowRule rule, PhysicalRule entry) in stale)
            {
                if (Reports(rule)) instance.Deletions.DeleteEntry(rule, entry, null);
                else instance.Deletions.DeleteEntrySilently(rule, entry);
            }
            tally.FlowModsWereSent(stale.Count);
            bool isConfirmed = await instance.Physical.TryBarrierAsync();
            if (isConfirmed) tally.BarrierWasAnswered();
            return isConfirmed;
        }
        finally
        {
            gate.Leave();
        }
    }

    /// <summary>Whether an entry is sure to tell its last count when it is deleted. An adopted one may not, and one
    /// with a timeout may be gone already.</summary>
    private static bool Reports(FlowRule rule) => !rule.IsAdopted && (!rule.IsTimed || rule.Emulated is not null);

    /// <summary>Entries go also where a switch doesn't answer any more; then what they had counted is
    /// lost.</summary>
    private static async Task TryKeepCountersAsync(Instance instance, List<(FlowRule Rule, PhysicalRule Entry)> stale)
    {
        if (stale.Count == 0) return;
        try
        {
            await KeepCountersAsync(instance, stale);
        }
        catch (OpenFlowRequestException)
        {
            return;
        }
    }

    private static async Task KeepCountersAsync(Instance instance, List<(FlowRule Rule, PhysicalRule Entry)> stale)
    {
        OpenFlow.Wire.TableSemantics semantics = instance.VirtualSwitch.Table.Semantics;
        var rules = stale.ToDictionary(
            each => RuleKey.Of(each.Entry.Match, each.Rule.Priority, each.Rule.Key.Table, semantics),
            each => each.Rule);
        IEnumerable<FlowStatistics> found = (await instance.Physical.RequestAllAsync(new FlowStatisticsRequest(
            OpenFlow.Matching.Match.Any, TableId.All, PortNumber.Any)))
            .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows);
        foreach (FlowStatistics entry in found)
        {
            RuleKey key = RuleKey.Of(entry.Match, entry.Priority, entry.Table, semantics);
            if (rules.TryGetValue(key, out FlowRule? rule))
                rule.Retired += new FlowCounters(entry.PacketCount, entry.ByteCount);
        }
    }
}
