using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Answers for statistics: what all instances say, summed, with what retired ones had.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class StatisticsMerge(VirtualSwitch virtualSwitch)
{
    private DescriptionReply? _description;

    /// <summary>The rules that are selected, with summed counters and the app's own cookies, timeouts and
    /// ages.</summary>
    public async Task<ImmutableArray<FlowStatistics>> FlowsAsync(FlowStatisticsRequest request)
    {
        await virtualSwitch.Updates.EnqueueBarrierIfBusy();
        await virtualSwitch.CounterGate.EnterAsync();
        QueuedReading? turn = virtualSwitch.Updates.EnqueueReading();
        try
        {
            if (turn is not null) await turn.Reached;
            // A command that is given meanwhile comes behind the reading.
            (long beginnings, long additions) = (virtualSwitch.Table.Beginnings, virtualSwitch.Table.Additions);
            Dictionary<FlowRule, FlowCounters> live = await ReadCountersAsync();
            await AwaitAcceptedAsync(additions);
            foreach (FlowRule rule in live.Keys.Where(each => each.Beginning > beginnings).ToArray()) live.Remove(rule);
            return Select(request, live);
        }
        finally
        {
            turn?.End();
            virtualSwitch.CounterGate.Leave();
        }
    }

    /// <summary>Rules that were added while the counters were read may yet be refused: an answer waits until they are
    /// not, but not for an app that never rests.</summary>
    private async Task AwaitAcceptedAsync(long additions)
    {
        const int RoundsMax = 3;
        for (int i = 0; i < RoundsMax; i++)
        {
            bool isSettled = virtualSwitch.Table.Additions == additions || virtualSwitch.Mode != CloneMode.Single;
            if (isSettled || virtualSwitch.Primary is not { } primary) return;
            additions = virtualSwitch.Table.Additions;
            await primary.Physical.TryBarrierAsync();
        }
    }

    public async Task<AggregateStatisticsReply> AggregateAsync(AggregateStatisticsRequest request)
    {
        ImmutableArray<FlowStatistics> flows = await FlowsAsync(
            new FlowStatisticsRequest(request.Match, request.Table, request.OutPort)
            {
                OutGroup = request.OutGroup,
                Cookie = request.Cookie,
                CookieMask = request.CookieMask,
            });
        ulong packets = 0;
        ulong bytes = 0;
        foreach (FlowStatistics flow in flows)
        {
            packets += flow.PacketCount;
            bytes += flow.ByteCount;
        }
        return new AggregateStatisticsReply(packets, bytes, (uint)flows.Length);
    }

    /// <summary>What every entry of every live instance has counted, by rule; the caller holds the counter
    /// gate. One of several that is lost, or doesn't answer, waits for its retirement and is left out.</summary>
    public async Task<Dictionary<FlowRule, FlowCounters>> ReadCountersAsync()
    {
        // Of full size at once: one that grows is copied, all of it in one turn.
        var live = new Dictionary<FlowRule, FlowCounters>(virtualSwitch.Table.Count);
        Instance[] instances =
            [.. virtualSwitch.Live.Where(each => each is { Physical.IsConnected: true, IsGivenUp: false })];
        if (instances.Length == 0)
            throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{virtualSwitch.Name} is not connected.");
        await Task.WhenAll(instances.Select(
            instance => InstanceReading.EachFlowAsync(instance, entry => Add(live, instance, entry))));
        return live;
    }

    /// <summary>What one instance's entries have counted, by rule.</summary>
    public static async Task<Dictionary<FlowRule, FlowCounters>> ReadCountersAsync(Instance instance)
    {
        var live = new Dictionary<FlowRule, FlowCounters>(instance.VirtualSwitch.Table.Count);
        await InstanceReading.EachFlowAsync(instance, entry => Add(live, instance, entry));
        return live;
    }

    /// <summary>The first instance's description, for good: apps bind drivers to it.</summary>
    public async Task<DescriptionReply> DescriptionAsync()
    {
        if (_description is not null) return _description;
        PhysicalSwitch physical = virtualSwitch.Primary?.Physical
            ?? throw new OpenFlowRequestException(
                RequestFailure.NotConnected, $"{virtualSwitch.Name} is not connected.");
        ImmutableArray<MultipartReply> parts = await physical.RequestAllAsync(new DescriptionRequest());
        return _description ??= parts.OfType<DescriptionReply>().FirstOrDefault()
            ?? throw new OpenFlowRequestException(RequestFailure.Refused, $"{physical.Name} gave no description.");
    }

    /// <summary>Asks for the description before another instance could be the one that answers; a switch that has none
    /// may move all the same.</summary>
    public async Task RememberDescriptionAsync()
    {
        try
        {
            await DescriptionAsync();
        }
        catch (OpenFlowRequestException)
        {
            return;
        }
    }

    private ImmutableArray<FlowStatistics> Select(
        FlowStatisticsRequest request, Dictionary<FlowRule, FlowCounters> live)
    {
        List<FlowRule> rules = virtualSwitch.Table.Select(request.Match, RuleSelection.Of(request));
        var flows = ImmutableArray.CreateBuilder<FlowStatistics>(rules.Count);
        foreach (FlowRule rule in rules)
        {
            FlowCounters counters = rule.Tell(rule.Retired + live.GetValueOrDefault(rule));
            flows.Add(new FlowStatistics
            {
                Table = rule.Key.Table,
                Match = rule.Match,
                Duration = TimeSpan.FromTicks(virtualSwitch.Loop.NowTicks - rule.InstalledTicks),
                Priority = rule.Priority,
                IdleTimeoutSeconds = rule.IdleTimeoutSeconds,
                HardTimeoutSeconds = rule.HardTimeoutSeconds,
                Cookie = rule.Cookie,
                PacketCount = counters.Packets,
                ByteCount = counters.Bytes,
                Flags = virtualSwitch.Table.Semantics.HasTables ? rule.Flags & FlowRule.ShownFlags : FlowModFlags.None,
                Actions = rule.Actions,
                Instructions = rule.Instructions.Others,
            });
        }
        return flows.MoveToImmutable();
    }

    private static void Add(Dictionary<FlowRule, FlowCounters> live, Instance instance, FlowStatistics entry)
    {
        if (instance.RuleOf(entry.Match, entry.Priority, entry.Table) is not { } rule) return;
        if (instance.Ledger.Refused?.Has(instance.KeyOf(rule, entry.Match), rule) == true) return;
        ref FlowCounters counters = ref CollectionsMarshal.GetValueRefOrAddDefault(live, rule, out _);
        counters += new FlowCounters(entry.PacketCount, entry.ByteCount);
    }
}
