using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>Every command that one switch refuses is refused once, in its words; every rule that asked for it is
/// reported gone once; every request is answered once.</summary>
internal sealed class AnswerCheck
{
    /// <summary>What an error quotes at least of the message that it refuses (1.0.0 section 5.4.4, 1.3.5 section
    /// 7.5.4).</summary>
    private const int QuoteBytes = 64;

    private readonly Trace _trace;
    private readonly SerialOrder _order;
    private readonly ViolationList _violations;
    private readonly LossWindows _losses;
    private readonly List<(OrderEntry Entry, FlowRemoved Expected)> _removals;
    private readonly HashSet<Xid> _refused = [];

    public AnswerCheck(Trace trace, SerialOrder order, ViolationList violations)
    {
        _trace = trace;
        _order = order;
        _violations = violations;
        _losses = new LossWindows(trace);
        _removals = [.. order.Entries.SelectMany(entry => entry.Removals.Select(each => (entry, each)))];
    }

    /// <summary>Which entry a flow-removed or an error, by its place in the trace, belongs to.</summary>
    public Dictionary<int, OrderEntry> EntryOf { get; } = [];

    /// <summary>The counters that a flow-removed has to tell.</summary>
    public List<(FlowRemovedReceived Received, ulong Lineage, int EventIndex)> Removed { get; } = [];

    public void Run()
    {
        for (int i = 0; i < _trace.Events.Length; i++)
        {
            if (_trace.Events[i] is ErrorReceived error) CheckError(error, i);
            else if (_trace.Events[i] is FlowRemovedReceived removed) CheckRemoval(removed, i);
            else if (_trace.Events[i] is PortStatusReceived port)
                _violations.Add(ViolationKind.PortStatusWrong, $"No port of the switch had changed: {port}", i);
        }
        FindMissing();
        CheckRequests();
    }

    private void CheckError(ErrorReceived received, int index)
    {
        void Complain(string what) => _violations.Add(ViolationKind.ErrorWrong, $"{what}: {received}", index);

        OrderEntry? entry = _order.Find(received.Xid);
        if (entry?.Error is not { } expected || entry.EventIndex > index)
        {
            Complain(entry is null ? "No command had that xid" : "One switch does not refuse that command");
            return;
        }
        EntryOf[index] = entry;
        if (!_refused.Add(received.Xid)) Complain("The command was refused before");
        if (expected.Type != received.Error.Type || expected.Code != received.Error.Code)
            Complain($"One switch says {expected.Type}/{expected.Code}");
        byte[] original = entry.Command!.Original;
        ReadOnlySpan<byte> quote = received.Error.Bytes.AsSpan();
        if (original.Length > 0
            && (quote.Length < Math.Min(QuoteBytes, original.Length) || !original.AsSpan().StartsWith(quote)))
        {
            Complain($"It does not quote the app's own message ({Convert.ToHexStringLower(original)})");
        }
    }

    private void CheckRemoval(FlowRemovedReceived received, int index)
    {
        int at = _removals.FindIndex(each =>
            each.Entry.EventIndex <= index && IsSame(each.Expected, received.Message));
        if (at < 0)
        {
            _violations.Add(ViolationKind.RemovalWrong, $"No rule that asked for it went like that: {received}", index);
            return;
        }
        EntryOf[index] = _removals[at].Entry;
        Removed.Add((received, Lineages.LineageOf(_removals[at].Expected.PacketCount), index));
        _removals.RemoveAt(at);
    }

    private static bool IsSame(FlowRemoved expected, FlowRemoved received) =>
        FieldTests.Of(expected.Match).SequenceEqual(FieldTests.Of(received.Match))
        && expected.Cookie == received.Cookie && expected.Priority == received.Priority
        && expected.Reason == received.Reason && expected.Table == received.Table
        && expected.IdleTimeoutSeconds == received.IdleTimeoutSeconds;

    private void FindMissing()
    {
        foreach ((OrderEntry entry, FlowRemoved expected) in _removals)
        {
            if (_losses.MayLose(_trace.Events[entry.EventIndex].At)) continue;
            _violations.Add(ViolationKind.RemovalWrong,
                $"The app was not told that priority {expected.Priority} {expected.Match} is gone ({expected.Reason}), "
                + $"after {entry}", entry.EventIndex);
        }
        foreach (OrderEntry entry in _order.Entries)
        {
            bool isTold = entry.Error is null || _refused.Contains(entry.Command!.Xid);
            if (isTold || entry.MayBeSilent || _losses.MayLose(entry.Command!.At)) continue;
            _violations.Add(ViolationKind.ErrorWrong,
                $"One switch refuses it ({entry.Error!.Type}/{entry.Error.Code}), the app heard nothing: {entry}",
                entry.EventIndex);
        }
    }

    private void CheckRequests()
    {
        Dictionary<int, int> answers = [];
        for (int i = 0; i < _trace.Events.Length; i++)
        {
            int number = _trace.Events[i] switch
            {
                BarrierAnswered barrier => barrier.Number,
                FlowsAnswered flows => flows.Number,
                AggregateAnswered aggregate => aggregate.Number,
                GroupsAnswered groups => groups.Number,
                MetersAnswered meters => meters.Number,
                RequestFailed failed => failed.Number,
                _ => 0,
            };
            if (number == 0) continue;
            answers[number] = answers.GetValueOrDefault(number) + 1;
            if (answers[number] > 1)
                _violations.Add(ViolationKind.AnswerCount, $"It was answered before: {_trace.Events[i]}", i);
            if (_trace.Events[i] is RequestFailed && !_losses.Any)
                _violations.Add(ViolationKind.AnswerCount, $"Nothing excuses it: {_trace.Events[i]}", i);
        }
        for (int i = 0; i < _trace.Events.Length; i++)
        {
            if (_trace.Events[i] is RequestSent sent && !answers.ContainsKey(sent.Number))
                _violations.Add(ViolationKind.AnswerCount, $"It was never answered: {sent}", i);
        }
    }
}
