using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Asks an instance for what is its virtual switch's there: all, or, where the physical switch is shared, what
/// belongs to its own ports.</summary>
/// <remarks>A part's rules name the port, so that it asks for those of each of its ports, and reading costs it what it
/// has itself rather than what everybody has. Threading: the owner loop's.</remarks>
internal static class InstanceReading
{
    /// <summary>Its entries, without those that carry tunnels, with groups and meters in virtual numbers and ports in
    /// its own.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">No answer in time, or no connection.</exception>
    public static async Task<IEnumerable<FlowStatistics>> FlowsAsync(Instance instance)
    {
        var parts = await AskAsync(instance, match => new FlowStatisticsRequest(match, TableId.All, PortNumber.Any));
        IEnumerable<FlowStatistics> flows = parts.OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)
            .Where(each => !instance.Physical.Carrier.IsWanted(each));
        return instance.Ids is { } ids ? flows.Select(ids.ToVirtual) : flows;
    }

    /// <summary>As <see cref="FlowsAsync"/>, but tells each entry when it is read, so that nothing is kept of a large
    /// table.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">No answer in time, or no connection.</exception>
    public static async Task EachFlowAsync(Instance instance, Action<FlowStatistics> take)
    {
        PhysicalSwitch physical = instance.Physical;
        IEnumerable<Match> matches = instance.IsPart
            ? instance.Map.IngressPorts.Select(static port => Match.Any.WithInPort(port))
            : [Match.Any];
        await Task.WhenAll(matches.Select(match => physical.RequestPartsAsync(
            new FlowStatisticsRequest(match, TableId.All, PortNumber.Any), TakePart)));

        void TakePart(MultipartReply part)
        {
            if (part is not FlowStatisticsReply reply) return;
            foreach (FlowStatistics each in reply.Flows)
            {
                if (!physical.Carrier.IsWanted(each)) take(instance.Ids is { } ids ? ids.ToVirtual(each) : each);
            }
        }
    }

    /// <summary>How many packets its entries of the first table with this cookie have counted.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">Refused, no answer in time, or no
    /// connection.</exception>
    public static async Task<ulong?> CountAsync(Instance instance, Cookie cookie)
    {
        AggregateStatisticsReply[] counts = [.. (await AskAsync(
            instance,
            match => new AggregateStatisticsRequest(match, default, PortNumber.Any)
            {
                Cookie = cookie,
                CookieMask = new Cookie(ulong.MaxValue),
            })).OfType<AggregateStatisticsReply>()];
        return counts.Length == 0 ? null : counts.Aggregate(0ul, (sum, each) => sum + each.PacketCount);
    }

    /// <summary>The counters of its ports.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">No answer in time, or no connection.</exception>
    public static async Task<ImmutableArray<PortStatistics>> PortsAsync(Instance instance)
    {
        IEnumerable<PortNumber> ports = instance.IsPart
            ? instance.Map.PhysicalPorts.Where(port => instance.Physical.Ports.Any(each => each.Port == port))
            : [PortNumber.Any];
        ImmutableArray<MultipartReply>[] parts = await Task.WhenAll(
            ports.Select(port => instance.Physical.RequestAllAsync(new PortStatisticsRequest(port))));
        return [.. parts.SelectMany(each => each).OfType<PortStatisticsReply>().SelectMany(part => part.Ports)];
    }

    private static async Task<IEnumerable<MultipartReply>> AskAsync(
        Instance instance, Func<Match, MultipartRequest> request)
    {
        if (!instance.IsPart) return await instance.Physical.RequestAllAsync(request(Match.Any));
        ImmutableArray<MultipartReply>[] parts = await Task.WhenAll(instance.Map.IngressPorts
            .Select(port => instance.Physical.RequestAllAsync(request(Match.Any.WithInPort(port)))));
        return parts.SelectMany(each => each);
    }
}
