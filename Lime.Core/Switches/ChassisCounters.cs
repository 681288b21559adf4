using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Answers for the counters that belong to no rule, those of ports and of the table: summed over the live
/// instances, with what retired ones had, without what each had counted before it joined.</summary>
/// <remarks>Packets that Lime's own rule for what no rule matches has sent up matched no rule of the virtual switch
/// (H-51). Reading and retiring exclude one another by the counter gate. Threading: the owner loop's.</remarks>
internal sealed class ChassisCounters(VirtualSwitch virtualSwitch)
{
    private readonly Dictionary<PortNumber, PortStatistics> _retiredPorts = [];
    private (ulong Lookups, ulong Matches) _retiredTable;
    private ulong _matchesTold;
    private ulong _missed;
    private ulong _countedByGone;

    /// <summary>An instance is about to join: what it has counted so far is not the virtual switch's.</summary>
    public static async Task JoinAsync(Instance instance)
    {
        foreach (PortStatistics each in await ReadPortsAsync(instance)) instance.PortsBefore[each.Port] = each;
        instance.TableBefore = Sum(await ReadTablesAsync(instance));
    }

    /// <summary>A packet that no rule matched has been handed up.</summary>
    public void PacketHasMissed() => _missed++;

    /// <summary>What a rule that is gone had counted.</summary>
    public void RuleHasCounted(FlowCounters counters) => _countedByGone += counters.Packets;

    /// <summary>An instance goes: what it has counted stays part of the answers. The caller holds the counter
    /// gate.</summary>
    public async Task RetireAsync(Instance instance)
    {
        ImmutableArray<PortStatistics> ports = await ReadPortsAsync(instance);
        (ulong Lookups, ulong Matches) table = Sum(await ReadTablesAsync(instance));
        ulong misses = await ReadMissesAsync(instance);
        AddPorts(instance, ports, _retiredPorts);
        _retiredTable = Add(_retiredTable, instance, (table.Lookups, table.Matches - Math.Min(misses, table.Matches)));
    }

    public async Task<ImmutableArray<PortStatistics>> PortsAsync(PortNumber port)
    {
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            var sums = new Dictionary<PortNumber, PortStatistics>(_retiredPorts);
            foreach (Instance instance in virtualSwitch.Live.ToArray())
                AddPorts(instance, await ReadPortsAsync(instance), sums);
            IEnumerable<PortStatistics> asked =
                sums.Values.Where(each => port == PortNumber.Any || each.Port == port);
            return [.. asked.OrderBy(each => each.Port.Value)];
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    public async Task<ImmutableArray<TableStatistics>> TablesAsync()
    {
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            if (virtualSwitch.Primary is { IsPart: true } part) return [await TableOfPartAsync(part)];
            (ulong Lookups, ulong Matches) sum = _retiredTable;
            TableStatistics first = new();
            foreach (Instance instance in virtualSwitch.Live.ToArray())
            {
                ImmutableArray<TableStatistics> tables = await ReadTablesAsync(instance);
                if (first.EntriesMax == 0 && !tables.IsEmpty) first = tables[0];
                (ulong lookups, ulong matches) = Sum(tables);
                ulong misses = await ReadMissesAsync(instance);
                sum = Add(sum, instance, (lookups, matches - Math.Min(misses, matches)));
            }
            // Misses are read behind the table, so that some may not be among its matches yet.
            _matchesTold = Math.Max(_matchesTold, sum.Matches);
            return [first with
            {
                ActiveCount = (uint)virtualSwitch.Table.Count,
                LookupCount = sum.Lookups,
                MatchedCount = _matchesTold,
            }];
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    /// <summary>A table's counters are all virtual switches'; what a part's own rules have counted is its
    /// own.</summary>
    private async Task<TableStatistics> TableOfPartAsync(Instance part)
    {
        ImmutableArray<TableStatistics> tables = await ReadTablesAsync(part);
        Dictionary<FlowRule, FlowCounters> live = await virtualSwitch.Statistics.ReadCountersAsync();
        ulong matches = _countedByGone;
        foreach (FlowRule rule in virtualSwitch.Table.Rules)
            matches += rule.Retired.Packets + live.GetValueOrDefault(rule).Packets;
        ulong misses = virtualSwitch.Miss.IsWanted ? await ReadMissesAsync(part) : _missed;
        _matchesTold = Math.Max(_matchesTold, matches);
        TableStatistics first = tables.IsEmpty ? new TableStatistics() : tables[0];
        uint rulesMax = (uint)(virtualSwitch.Limits.Quota.RulesMax ?? int.MaxValue);
        return first with
        {
            EntriesMax = Math.Min(first.EntriesMax, rulesMax),
            ActiveCount = (uint)virtualSwitch.Table.Count,
            LookupCount = _matchesTold + misses,
            MatchedCount = _matchesTold,
        };
    }

    private static Task<ImmutableArray<PortStatistics>> ReadPortsAsync(Instance instance) =>
        InstanceReading.PortsAsync(instance);

    private static async Task<ImmutableArray<TableStatistics>> ReadTablesAsync(Instance instance) =>
        [.. (await instance.Physical.RequestAllAsync(new TableStatisticsRequest()))
            .OfType<TableStatisticsReply>().SelectMany(part => part.Tables)];

    private async Task<ulong> ReadMissesAsync(Instance instance)
    {
        (ulong last, ulong before) = instance.Misses;
        if (!virtualSwitch.Miss.IsWanted) return last + before;
        ulong now = await AskMissesAsync(instance) ?? last;
        instance.Misses = now >= last ? (now, before) : (now, before + last);
        return instance.Misses.Last + instance.Misses.Before;
    }

    /// <summary>What the rule has counted; null if the switch does not tell.</summary>
    private static async Task<ulong?> AskMissesAsync(Instance instance)
    {
        try
        {
            return await InstanceReading.CountAsync(instance, TableMissRule.Mark);
        }
        catch (OpenFlowRequestException exception) when (exception.Failure == RequestFailure.Refused)
        {
            return null;
        }
    }

    private static void AddPorts(
        Instance instance, ImmutableArray<PortStatistics> ports, Dictionary<PortNumber, PortStatistics> sums)
    {
        foreach (PortStatistics each in ports)
        {
            if (!each.Port.IsPhysical || !instance.Map.TryToVirtual(each.Port, out PortNumber virtualPort)) continue;
            PortStatistics counted = instance.PortsBefore.TryGetValue(each.Port, out PortStatistics? before)
                ? PortStatisticsSum.Subtract(each, before)
                : each;
            sums[virtualPort] = sums.TryGetValue(virtualPort, out PortStatistics? sum)
                ? PortStatisticsSum.Add(sum, counted)
                : counted with { Port = virtualPort };
        }
    }

    private static (ulong Lookups, ulong Matches) Sum(ImmutableArray<TableStatistics> tables)
    {
        (ulong Lookups, ulong Matches) sum = default;
        foreach (TableStatistics each in tables)
            sum = (sum.Lookups + each.LookupCount, sum.Matches + each.MatchedCount);
        return sum;
    }

    private static (ulong Lookups, ulong Matches) Add(
        (ulong Lookups, ulong Matches) sum, Instance instance, (ulong Lookups, ulong Matches) counted) =>
        (sum.Lookups + Less(counted.Lookups, instance.TableBefore.Lookups),
            sum.Matches + Less(counted.Matches, instance.TableBefore.Matches));

    /// <summary>Probes may be subtracted before they are counted.</summary>
    private static ulong Less(ulong counted, ulong before) => counted - Math.Min(counted, before);
}
