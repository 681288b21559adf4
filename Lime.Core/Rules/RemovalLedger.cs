using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>Knows, for one instance, which entries Lime has deleted and is awaiting the flow-removed of,
/// since those carry the last counters.</summary>
/// <remarks>Bound: an entry a deletion that the switch has not yet reported; forgotten when the instance
/// goes. Threading: the owner loop's.</remarks>
internal sealed class RemovalLedger
{
    private readonly Dictionary<RuleKey, Queue<Note>> _awaited = [];

    /// <summary>How many reports are awaited.</summary>
    public int Count { get; private set; }

    /// <summary>An entry is being deleted.</summary>
    /// <param name="physicalKey">The entry.</param>
    /// <param name="rule">The rule it belongs to.</param>
    /// <param name="removal">Where its counters go; null: to the rule, which lives on.</param>
    public void Expect(RuleKey physicalKey, FlowRule rule, Removal? removal)
    {
        if (!_awaited.TryGetValue(physicalKey, out Queue<Note>? notes))
            _awaited[physicalKey] = notes = new Queue<Note>(1);
        notes.Enqueue(new Note(rule, removal));
        if (removal is not null) removal.Outstanding++;
        Count++;
    }

    /// <summary>An entry's report has come.</summary>
    /// <returns>The removal that is complete with it, or null.</returns>
    public Removal? Settle(RuleKey physicalKey, FlowRemoved report, out bool wasAwaited)
    {
        wasAwaited = _awaited.TryGetValue(physicalKey, out Queue<Note>? notes);
        if (!wasAwaited) return null;
        Note note = notes!.Dequeue();
        if (notes.Count == 0) _awaited.Remove(physicalKey);
        Count--;
        var counters = new FlowCounters(report.PacketCount, report.ByteCount);
        if (note.Removal is null)
        {
            note.Rule.Retired += counters;
            return null;
        }
        note.Removal.Counters += counters;
        return --note.Removal.Outstanding == 0 ? note.Removal : null;
    }

    /// <summary>The instance is gone: what it had to report never comes.</summary>
    /// <returns>The removals that are complete without it.</returns>
    public List<Removal> Abandon()
    {
        var complete = new List<Removal>();
        foreach (Note note in _awaited.Values.SelectMany(notes => notes))
        {
            if (note.Removal is { } removal && --removal.Outstanding == 0) complete.Add(removal);
        }
        _awaited.Clear();
        Count = 0;
        return complete;
    }

    /// <summary>Nobody waits for the instance any more; what it has still to report is known when it comes.</summary>
    /// <returns>The removals that are complete without it.</returns>
    public List<Removal> StopAwaiting()
    {
        var complete = new List<Removal>();
        foreach ((RuleKey key, Queue<Note> notes) in _awaited.ToArray())
        {
            _awaited[key] = new Queue<Note>(notes.Select(note => note with { Removal = null }));
            foreach (Note note in notes)
            {
                if (note.Removal is { } removal && --removal.Outstanding == 0) complete.Add(removal);
            }
        }
        return complete;
    }

    /// <summary>A removal ends without what the instance had to report on it.</summary>
    public void Forget(Removal removal)
    {
        foreach ((RuleKey key, Queue<Note> notes) in _awaited.ToArray())
        {
            var others = new Queue<Note>(notes.Where(note => note.Removal != removal));
            Count -= notes.Count - others.Count;
            if (others.Count == 0) _awaited.Remove(key);
            else _awaited[key] = others;
        }
    }

    private readonly record struct Note(FlowRule Rule, Removal? Removal);
}
