using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Answers for statistics: what all instances say, summed, with what retired ones had.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal sealed class StatisticsMerge(VirtualSwitch virtualSwitch)
{
    private readonly Dictionary<PortNumber, PortStatistics> _portFloor = [];
    private DescriptionReply? _description;

    /// <summary>The rules that are selected, with summed counters and the app's own cookies, timeouts and
    /// ages.</summary>
    public async Task<ImmutableArray<FlowStatistics>> FlowsAsync(FlowStatisticsRequest request)
    {
        await virtualSwitch.Updates.EnqueueBarrierIfBusy();
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            Dictionary<FlowRule, FlowCounters> live = await ReadCountersAsync();
            return Select(request.Match, request.OutPort, live);
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    public async Task<AggregateStatisticsReply> AggregateAsync(AggregateStatisticsRequest request)
    {
        ImmutableArray<FlowStatistics> flows = await FlowsAsync(
            new FlowStatisticsRequest(request.Match, request.Table, request.OutPort));
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
    /// gate.</summary>
    public async Task<Dictionary<FlowRule, FlowCounters>> ReadCountersAsync()
    {
        var live = new Dictionary<FlowRule, FlowCounters>();
        Instance[] instances = [.. virtualSwitch.Live];
        if (instances.Length == 0)
            throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{virtualSwitch.Name} is not connected.");
        Task<ImmutableArray<MultipartReply>>[] readings =
            [.. instances.Select(each => each.Physical.RequestAllAsync(AllFlows))];
        await Task.WhenAll(readings);
        for (int i = 0; i < instances.Length; i++) Add(live, instances[i], await readings[i]);
        return live;
    }

    /// <summary>What one instance's entries have counted, by rule.</summary>
    public static async Task<Dictionary<FlowRule, FlowCounters>> ReadCountersAsync(Instance instance)
    {
        var live = new Dictionary<FlowRule, FlowCounters>();
        Add(live, instance, await instance.Physical.RequestAllAsync(AllFlows));
        return live;
    }

    /// <summary>The counters of the virtual ports. They stay exact over one instance; over several they are
    /// summed, and what a retired one had stays in.</summary>
    public async Task<ImmutableArray<PortStatistics>> PortsAsync(PortNumber port)
    {
        Instance[] instances = [.. virtualSwitch.Live];
        var sums = new Dictionary<PortNumber, PortStatistics>(_portFloor);
        foreach (Instance instance in instances) await AddPortsAsync(instance, sums, PortStatisticsSum.Add);
        IEnumerable<PortStatistics> asked = sums.Values.Where(each => port == PortNumber.Any || each.Port == port);
        return [.. asked.OrderBy(each => each.Port.Value)];
    }

    /// <summary>An instance joins: what its ports had counted before is not the virtual switch's.</summary>
    public Task JoinPortsAsync(Instance instance) => AddPortsAsync(instance, _portFloor, PortStatisticsSum.Subtract);

    /// <summary>An instance goes: what its ports had counted stays part of the answer.</summary>
    public Task RetirePortsAsync(Instance instance) => AddPortsAsync(instance, _portFloor, PortStatisticsSum.Add);

    public async Task<ImmutableArray<TableStatistics>> TablesAsync()
    {
        ulong lookups = 0;
        ulong matched = 0;
        TableStatistics first = new();
        foreach (Instance instance in virtualSwitch.Live.ToArray())
        {
            ImmutableArray<MultipartReply> parts =
                await instance.Physical.RequestAllAsync(new TableStatisticsRequest());
            ImmutableArray<TableStatistics> tables =
                [.. parts.OfType<TableStatisticsReply>().SelectMany(part => part.Tables)];
            if (tables.IsEmpty) continue;
            if (first.EntriesMax == 0) first = tables[0];
            foreach (TableStatistics table in tables)
            {
                lookups += table.LookupCount;
                matched += table.MatchedCount;
            }
        }
        return [first with
        {
            ActiveCount = (uint)virtualSwitch.Table.Count,
            LookupCount = lookups,
            MatchedCount = matched,
        }];
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

    private static FlowStatisticsRequest AllFlows { get; } = new(Match.Any, TableId.All, PortNumber.Any);

    private ImmutableArray<FlowStatistics> Select(
        in Match match, PortNumber outPort, Dictionary<FlowRule, FlowCounters> live)
    {
        List<FlowRule> rules = virtualSwitch.Table.Select(match, 0, isStrict: false, outPort);
        var flows = ImmutableArray.CreateBuilder<FlowStatistics>(rules.Count);
        foreach (FlowRule rule in rules)
        {
            FlowCounters counters = rule.Retired + live.GetValueOrDefault(rule);
            flows.Add(new FlowStatistics
            {
                Match = rule.Match,
                Duration = TimeSpan.FromTicks(virtualSwitch.Loop.NowTicks - rule.InstalledTicks),
                Priority = rule.Priority,
                IdleTimeoutSeconds = rule.IdleTimeoutSeconds,
                HardTimeoutSeconds = rule.HardTimeoutSeconds,
                Cookie = rule.Cookie,
                PacketCount = counters.Packets,
                ByteCount = counters.Bytes,
                Actions = rule.Actions,
            });
        }
        return flows.MoveToImmutable();
    }

    private static void Add(
        Dictionary<FlowRule, FlowCounters> live, Instance instance, ImmutableArray<MultipartReply> parts)
    {
        foreach (FlowStatistics entry in parts.OfType<FlowStatisticsReply>().SelectMany(part => part.Flows))
        {
            if (instance.RuleOf(entry.Match, entry.Priority) is not { } rule) continue;
            var counters = new FlowCounters(entry.PacketCount, entry.ByteCount);
            live[rule] = live.GetValueOrDefault(rule) + counters;
        }
    }

    private static async Task AddPortsAsync(
        Instance instance,
        Dictionary<PortNumber, PortStatistics> sums,
        Func<PortStatistics, PortStatistics, PortStatistics> combine)
    {
        ImmutableArray<MultipartReply> parts =
            await instance.Physical.RequestAllAsync(new PortStatisticsRequest(PortNumber.Any));
        foreach (PortStatistics each in parts.OfType<PortStatisticsReply>().SelectMany(part => part.Ports))
        {
            if (!each.Port.IsPhysical || !instance.Map.TryToVirtual(each.Port, out PortNumber virtualPort)) continue;
            PortStatistics before = sums.GetValueOrDefault(virtualPort) ?? new PortStatistics { Port = virtualPort };
            sums[virtualPort] = combine(before, each);
        }
    }
}
