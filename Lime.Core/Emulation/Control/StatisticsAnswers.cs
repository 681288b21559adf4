using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Control;

/// <summary>The statistics of OpenFlow 1.0.0 section 5.3.5 and the multipart messages of 1.3.5 section 7.3.5, in parts
/// that each fit a message.</summary>
internal static class StatisticsAnswers
{
    /// <summary>OFPFW_ALL: any field can be left out.</summary>
    private const uint WildcardsAll = (1 << 22) - 1;

    /// <summary>The answer's parts; null if the switch does not know the request.</summary>
    public static IReadOnlyList<MultipartReply>? To(
        MultipartRequest request, SwitchDatapath datapath, long nowTicks, OpenFlowCodec codec) =>
        request switch
        {
            DescriptionRequest => [Description(datapath)],
            FlowStatisticsRequest flow => ReplyParts.Split(
                Flows(datapath, flow, nowTicks, codec), part => new FlowStatisticsReply(part), codec),
            AggregateStatisticsRequest sum => [Aggregate(datapath.Tables.Select(sum.Table, FlowFilter.Of(sum)))],
            TableStatisticsRequest => ReplyParts.Split(
                Tables(datapath), part => new TableStatisticsReply(part), codec),
            PortStatisticsRequest port => ReplyParts.Split(
                Ports(datapath.Ports, port.Port, nowTicks), part => new PortStatisticsReply(part), codec),
            QueueStatisticsRequest => [new QueueStatisticsReply([])],
            PortDescriptionRequest => ReplyParts.Split(
                datapath.Ports.All.Select(port => port.DescriptionFor(datapath.Traits)),
                part => new PortDescriptionReply(part), codec),
            _ => PipelineAnswers.To(request, datapath, nowTicks, codec),
        };

    /// <summary>What is wrong with a request: a table, a match, a queue, a meter that is not there.</summary>
    /// <returns>Why not, or null.</returns>
    public static Refusal? WhyNot(MultipartRequest request, SwitchDatapath datapath) => request switch
    {
        FlowStatisticsRequest flow => WhyNot(flow.Table, datapath) ?? FlowModCheck.CheckMatch(flow.Match),
        AggregateStatisticsRequest sum => WhyNot(sum.Table, datapath) ?? FlowModCheck.CheckMatch(sum.Match),
        QueueStatisticsRequest queues => WhyNot(queues, datapath),
        _ => PipelineAnswers.WhyNot(request, datapath),
    };

    private static Refusal? WhyNot(TableId table, SwitchDatapath datapath)
    {
        // 1.0 has no such error; a table that isn't there has no rules.
        bool isThere = !datapath.Traits.HasPipeline || table == TableId.All || table.Value < datapath.TableCount;
        return isThere ? null : new Refusal(ErrorType.BadRequest, ErrorCodes.BadTableId);
    }

    /// <summary>There are no queues: asking for all is answered with none, asking for one is
    /// refused.</summary>
    private static Refusal? WhyNot(QueueStatisticsRequest request, SwitchDatapath datapath)
    {
        bool isForAll = request.Port == PortNumber.All || request.Port == PortNumber.Any;
        if (!isForAll && datapath.Ports.Find(request.Port) is null)
            return new Refusal(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadPort);
        return request.Queue == QueueId.All
            ? null
            : new Refusal(ErrorType.QueueOperationFailed, ErrorCodes.QueueBadQueue);
    }

    private static DescriptionReply Description(SwitchDatapath datapath) => new(
        datapath.Options.Manufacturer,
        datapath.Options.Hardware,
        datapath.Options.Software,
        datapath.Options.SerialNumber,
        datapath.Name);

    private static IEnumerable<FlowStatistics> Flows(
        SwitchDatapath datapath, FlowStatisticsRequest request, long nowTicks, OpenFlowCodec codec) =>
        datapath.Tables.Select(request.Table, FlowFilter.Of(request))
            .Where(entry => CanTell(entry, codec))
            .Select(entry => entry.ToStatistics(nowTicks));

    /// <summary>Whether the version has words for all that a rule does: one of a later version's controller may be
    /// left.</summary>
    private static bool CanTell(FlowEntry entry, OpenFlowCodec codec)
    {
        if (entry.Instructions.IsNone && entry.Table == default) return true;
        try
        {
            codec.SizeOf(new FlowMod { Table = entry.Table, Instructions = entry.Instructions });
            return true;
        }
        catch (UnsupportedByVersionException)
        {
            return false;
        }
    }

    private static AggregateStatisticsReply Aggregate(IEnumerable<FlowEntry> entries)
    {
        ulong packets = 0;
        ulong bytes = 0;
        uint count = 0;
        foreach (FlowEntry entry in entries)
        {
            packets += entry.PacketCount;
            bytes += entry.ByteCount;
            count++;
        }
        return new AggregateStatisticsReply(packets, bytes, count);
    }

    private static IEnumerable<TableStatistics> Tables(SwitchDatapath datapath) => datapath.Tables.All
        .Take(datapath.TableCount)
        .Select((table, i) => new TableStatistics
        {
            Table = new TableId((byte)i),
            Name = datapath.Traits.HasPipeline ? $"emulated{i}" : "emulated",
            Wildcards = datapath.Traits.HasPipeline ? 0 : WildcardsAll,
            EntriesMax = (uint)datapath.Options.TableCapacity,
            ActiveCount = (uint)table.Count,
            LookupCount = (ulong)table.LookupCount,
            MatchedCount = (ulong)table.MatchedCount,
        });

    private static IEnumerable<PortStatistics> Ports(SwitchPorts ports, PortNumber number, long nowTicks) => ports.All
        .Where(port => number == PortNumber.Any || port.Number == number)
        .Select(port => port.StatisticsAt(nowTicks));
}
