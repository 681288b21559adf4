using System.Collections.Immutable;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>Flow and aggregate statistics, and the counters in flow-removed: the rules of a state between request and
/// reply; numbers between what had been seen before the request and what had been sent before the reply; never
/// less than told before.</summary>
internal sealed class StatisticsCheck(Trace trace, SerialOrder order, Causality causality, Tallies tallies)
{
    private readonly Dictionary<ulong, (ulong Packets, ulong Bytes)> _told = [];

    public void Run(AnswerCheck answers, ViolationList violations)
    {
        Dictionary<int, int> requests = [];
        for (int i = 0; i < trace.Events.Length; i++)
        {
            if (trace.Events[i] is RequestSent sent) requests[sent.Number] = i;
            int number = trace.Events[i] switch
            {
                FlowsAnswered flows => flows.Number,
                AggregateAnswered aggregate => aggregate.Number,
                GroupsAnswered groups => groups.Number,
                MetersAnswered meters => meters.Number,
                _ => 0,
            };
            if (number == 0 || !requests.TryGetValue(number, out int asked)) continue;
            if (Fault(asked, i) is { } fault)
                violations.Add(ViolationKind.StatisticsWrong, $"{fault}: {trace.Events[i]}", i);
        }
        foreach ((FlowRemovedReceived received, ulong lineage, int index) in answers.Removed)
        {
            (ulong, ulong) told = (received.Message.PacketCount, received.Message.ByteCount);
            // The rule counted all that it will ever count; what met it in the end may not have been seen yet.
            if (FaultOf(lineage, told, TimeSpan.MaxValue, received.Message.IsTimed()) is { } fault)
                violations.Add(ViolationKind.RemovalWrong, $"{fault}: {received}", index);
        }
    }

    private string? Fault(int asked, int index)
    {
        MultipartRequest request = ((RequestSent)trace.Events[asked]).Request!;
        List<string> faults = [];
        List<ImmutableArray<ulong>> explained = [];
        for (int state = causality.SentUntil(asked); state <= causality.LastStateAt(index); state++)
        {
            ImmutableArray<ulong> lineages = [];
            string? found = trace.Events[index] switch
            {
                FlowsAnswered flows => FlowsFault(state, request, (flows, trace.Events[asked].At), out lineages),
                AggregateAnswered aggregate => AggregateFault(state, request, aggregate, trace.Events[asked].At),
                GroupsAnswered groups => GroupsFault(state, request, groups),
                MetersAnswered meters => MetersFault(state, request, meters),
                _ => null,
            };
            if (found is null) explained.Add(lineages);
            else faults.Add(found);
        }
        if (trace.Events[index] is FlowsAnswered told) Remember(told.Flows, explained);
        return explained.Count > 0 ? null : string.Join("; ", faults.Take(5));
    }

    /// <summary>What was told of a rule whose counters are these for sure: in every state that explains the
    /// reply.</summary>
    private void Remember(ImmutableArray<FlowStatistics> flows, List<ImmutableArray<ulong>> explained)
    {
        for (int i = 0; explained.Count > 0 && i < flows.Length; i++)
        {
            ulong lineage = explained[0][i];
            if (explained.TrueForAll(each => each[i] == lineage))
                _told[lineage] = (flows[i].PacketCount, flows[i].ByteCount);
        }
    }

    private string? FlowsFault(
        int state,
        MultipartRequest request,
        (FlowsAnswered Reply, TimeSpan AskedAt) answer,
        out ImmutableArray<ulong> lineages)
    {
        lineages = [];
        var expected = ((FlowStatisticsReply)order.Answer(state, request)!).Flows.ToList();
        List<(ulong Lineage, FlowStatistics Flow)> pairs = [];
        foreach (FlowStatistics flow in answer.Reply.Flows)
        {
            int at = expected.FindIndex(each => IsSame(each, flow));
            if (at < 0) return $"State {state} has no such rule: {Describe(flow)}";
            pairs.Add((Lineages.LineageOf(expected[at].PacketCount), flow));
            expected.RemoveAt(at);
        }
        if (expected.Count > 0) return $"State {state} has one rule more: {Describe(expected[0])}";
        foreach ((ulong lineage, FlowStatistics flow) in pairs)
        {
            string? fault = FaultOf(
                lineage, (flow.PacketCount, flow.ByteCount), answer.AskedAt, flow.IsTimed(), answer.Reply.At);
            if (fault is not null) return $"{fault}, rule {Describe(flow)}";
        }
        lineages = [.. pairs.Select(each => each.Lineage)];
        return null;
    }

    private string? AggregateFault(int state, MultipartRequest request, AggregateAnswered answer, TimeSpan askedAt)
    {
        var flowsRequest = ToFlows((AggregateStatisticsRequest)request);
        ImmutableArray<FlowStatistics> rules = ((FlowStatisticsReply)order.Answer(state, flowsRequest)!).Flows;
        if (answer.Reply.FlowCount != rules.Length) return $"State {state} has {rules.Length} rules";
        ulong least = 0, most = 0;
        foreach (FlowStatistics rule in rules)
        {
            ulong lineage = Lineages.LineageOf(rule.PacketCount);
            if (!MayMiss(rule.IsTimed())) least += tallies.AtLeast(lineage, askedAt).Packets;
            most += tallies.AtMost(lineage, answer.At).Packets;
        }
        ulong told = answer.Reply.PacketCount;
        return told >= least && told <= most ? null : $"{told} packets; it is {least} to {most} in state {state}";
    }

    private string? GroupsFault(int state, MultipartRequest request, GroupsAnswered answer)
    {
        var expected = ((GroupDescriptionReply)order.Answer(state, request)!).Groups.Select(GroupsAnswered.Describe);
        return FaultOf(state, expected, answer.Groups.Select(GroupsAnswered.Describe));
    }

    private string? MetersFault(int state, MultipartRequest request, MetersAnswered answer)
    {
        var expected = ((MeterConfigurationReply)order.Answer(state, request)!).Meters.Select(MetersAnswered.Describe);
        return FaultOf(state, expected, answer.Meters.Select(MetersAnswered.Describe));
    }

    private static string? FaultOf(int state, IEnumerable<string> expected, IEnumerable<string> told)
    {
        string right = string.Join("; ", expected.Order(StringComparer.Ordinal));
        return right == string.Join("; ", told.Order(StringComparer.Ordinal)) ? null : $"State {state} has {right}";
    }

    private string? FaultOf(
        ulong lineage, (ulong Packets, ulong Bytes) told, TimeSpan by, bool isTimed, TimeSpan? until = null)
    {
        (ulong Packets, ulong Bytes) least = MayMiss(isTimed) ? default : tallies.AtLeast(lineage, by);
        (ulong Packets, ulong Bytes) most = tallies.AtMost(lineage, until ?? by);
        (ulong Packets, ulong Bytes) before = _told.GetValueOrDefault(lineage);
        if (told.Packets < before.Packets || told.Bytes < before.Bytes)
            return $"Counters went down, from {before} to {told}";
        bool isWithin = told.Packets >= least.Packets && told.Packets <= most.Packets
            && told.Bytes >= least.Bytes && told.Bytes <= most.Bytes;
        return isWithin ? null : $"It counts {told}; at least {least} and at most {most} packets and bytes are right";
    }

    private bool MayMiss(bool isTimed) => isTimed && trace.Setting.TimedCountersMayMiss;

    private bool IsSame(FlowStatistics expected, FlowStatistics told) =>
        FieldTests.Of(expected.Match).SequenceEqual(FieldTests.Of(told.Match))
        && expected.Priority == told.Priority && expected.Table == told.Table && expected.Cookie == told.Cookie
        && expected.IdleTimeoutSeconds == told.IdleTimeoutSeconds
        && expected.HardTimeoutSeconds == told.HardTimeoutSeconds
        && expected.Actions.Equals(told.Actions) && expected.Instructions.Equals(told.Instructions)
        && (trace.Setting.Version == OpenFlowVersion.V10 || expected.Flags == told.Flags);

    private static string Describe(FlowStatistics flow) => $"table {flow.Table.Value} {flow.Priority} {flow.Match} "
        + $"cookie {flow.Cookie.Value:x} idle {flow.IdleTimeoutSeconds} hard {flow.HardTimeoutSeconds} "
        + $"flags {flow.Flags} -> {flow.Actions} {flow.Instructions}";

    private static FlowStatisticsRequest ToFlows(AggregateStatisticsRequest request) =>
        new(request.Match, request.Table, request.OutPort)
        {
            OutGroup = request.OutGroup,
            Cookie = request.Cookie,
            CookieMask = request.CookieMask,
        };
}

/// <summary>Whether a rule has a time after which it goes.</summary>
internal static class TimedRules
{
    public static bool IsTimed(this FlowStatistics rule) => rule.IdleTimeoutSeconds + rule.HardTimeoutSeconds > 0;

    public static bool IsTimed(this FlowRemoved rule) => rule.IdleTimeoutSeconds + rule.HardTimeoutSeconds > 0;
}
