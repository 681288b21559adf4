using System.Collections.Immutable;
using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Emulation.Control;

/// <summary>The statistics of OpenFlow 1.0.0 section 5.3.5, in parts that each fit a message.</summary>
internal static class StatisticsAnswers
{
    /// <summary>A message has at most 65,535 bytes; this leaves room for its header.</summary>
    private const int PartBytesMax = 65_000;

    /// <summary>sizeof(struct ofp_flow_stats).</summary>
    private const int FlowBytes = 88;

    /// <summary>The largest action of 1.0 that a rule of ours can hold (OFPAT_SET_DL_SRC).</summary>
    private const int ActionBytesMax = 16;

    /// <summary>65,000 / sizeof(struct ofp_port_stats) = 625.</summary>
    private const int PortsPerPartMax = 625;

    /// <summary>OFPFW_ALL: any field can be left out.</summary>
    private const uint WildcardsAll = (1 << 22) - 1;

    /// <summary>The answer's parts; null if the switch does not know the request.</summary>
    public static IReadOnlyList<MultipartReply>? To(
        MultipartRequest request, SwitchDatapath datapath, long nowTicks) =>
        request switch
        {
            DescriptionRequest => [Description(datapath)],
            FlowStatisticsRequest flow =>
                Flows(Select(datapath, flow.Match, flow.Table, flow.OutPort), nowTicks),
            AggregateStatisticsRequest sum =>
                [Aggregate(Select(datapath, sum.Match, sum.Table, sum.OutPort))],
            TableStatisticsRequest => [Table(datapath)],
            PortStatisticsRequest port => Ports(datapath.Ports, port.Port),
            QueueStatisticsRequest => [new QueueStatisticsReply([])],
            _ => null,
        };

    private static DescriptionReply Description(SwitchDatapath datapath) => new(
        datapath.Options.Manufacturer,
        datapath.Options.Hardware,
        datapath.Options.Software,
        datapath.Options.SerialNumber,
        datapath.Name);

    private static List<FlowEntry> Select(
        SwitchDatapath datapath, in OpenFlow.Matching.Match match, TableId table, PortNumber outPort) =>
        table == TableId.All || table.Value == 0 ? datapath.Table.Select(match, outPort) : [];

    private static List<MultipartReply> Flows(List<FlowEntry> entries, long nowTicks)
    {
        var parts = new List<MultipartReply>();
        ImmutableArray<FlowStatistics>.Builder part = ImmutableArray.CreateBuilder<FlowStatistics>();
        int partBytes = 0;
        foreach (FlowEntry entry in entries)
        {
            int entryBytes = FlowBytes + (ActionBytesMax * entry.Actions.Count);
            if (part.Count > 0 && partBytes + entryBytes > PartBytesMax)
            {
                parts.Add(new FlowStatisticsReply(part.DrainToImmutable()) { HasMore = true });
                partBytes = 0;
            }
            part.Add(entry.ToStatistics(nowTicks));
            partBytes += entryBytes;
        }
        parts.Add(new FlowStatisticsReply(part.DrainToImmutable()));
        return parts;
    }

    private static AggregateStatisticsReply Aggregate(List<FlowEntry> entries)
    {
        ulong packets = 0;
        ulong bytes = 0;
        foreach (FlowEntry entry in entries)
        {
            packets += entry.PacketCount;
            bytes += entry.ByteCount;
        }
        return new AggregateStatisticsReply(packets, bytes, (uint)entries.Count);
    }

    private static TableStatisticsReply Table(SwitchDatapath datapath) => new(
    [
        new TableStatistics
        {
            Table = new TableId(0),
            Name = "emulated",
            Wildcards = WildcardsAll,
            EntriesMax = (uint)datapath.Options.TableCapacity,
            ActiveCount = (uint)datapath.Table.Count,
            LookupCount = (ulong)datapath.Table.LookupCount,
            MatchedCount = (ulong)datapath.Table.MatchedCount,
        },
    ]);

    private static List<MultipartReply> Ports(SwitchPorts ports, PortNumber number)
    {
        PortStatistics[] statistics =
        [
            .. ports.All
                .Where(port => number == PortNumber.Any || port.Number == number)
                .Select(port => port.Statistics),
        ];
        if (statistics.Length == 0) return [new PortStatisticsReply([])];
        PortStatistics[][] chunks = [.. statistics.Chunk(PortsPerPartMax)];
        int last = chunks.Length - 1;
        return [.. chunks.Select((chunk, i) => new PortStatisticsReply([.. chunk]) { HasMore = i < last })];
    }
}
