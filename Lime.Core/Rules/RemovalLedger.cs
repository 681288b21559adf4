using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>Knows, for one instance, which entries Lime has deleted and is awaiting the flow-removed of,
/// since those carry the last counters.</summary>
/// <remarks>Bound: an entry a deletion that the switch has not yet reported; forgotten when the instance
/// goes. Threading: the owner loop's.</remarks>
internal sealed class RemovalLedger
{
    private const int NotOwnMax = 4096;

    private readonly Dictionary<RuleKey, Queue<Note>> _awaited = [];

    private readonly Dictionary<FlowRule, FlowCounters> _notOwn = [];

    /// <summary>A report that was awaited has come: of which rule, and what its entry has counted.</summary>
    public event Action<FlowRule, FlowCounters>? Settled;

    /// <summary>How many reports are awaited.</summary>
    public int Count { get; private set; }

    /// <summary>An entry is being deleted.</summary>
    /// <param name="physicalKey">The entry.</param>
    /// <param name="rule">The rule it belongs to.</param>
    /// <param name="removal">Where its counters go; null: to the rule, which lives on.</param>
    public Note Expect(RuleKey physicalKey, FlowRule rule, Removal? removal)
    {
        if (!_awaited.TryGetValue(physicalKey, out Queue<Note>? notes))
            _awaited[physicalKey] = notes = new Queue<Note>(1);
        var note = new Note(physicalKey, rule, removal);
        notes.Enqueue(note);
        if (removal is not null) removal.Outstanding++;
        Count++;
        return note;
    }

    /// <summary>Whether an entry of a rule has yet to report.</summary>
    public bool Awaits(FlowRule rule)
    {
        foreach (Queue<Note> notes in _awaited.Values)
        {
            foreach (Note note in notes)
            {
                if (note.Rule == rule) return true;
            }
        }
        return false;
    }

    /// <summary>A guard has counted packets here that leave by other rules than its own, since that one goes.</summary>
    public void IsNotOf(FlowRule rule, FlowCounters counters)
    {
        // Reports come soon behind the packets; what is left over is of entries that never report.
        if (_notOwn.Count >= NotOwnMax) _notOwn.Clear();
        _notOwn[rule] = _notOwn.GetValueOrDefault(rule) + counters;
    }

    /// <summary>What entries count that have not begun anew with their rules; null: all have.</summary>
    public RefusedBeginnings? Refused { get; set; }

    /// <summary>An entry's report has come.</summary>
    /// <returns>The removal that is complete with it, or null.</returns>
    public Removal? Settle(RuleKey physicalKey, FlowRemoved report, out bool wasAwaited)
    {
        wasAwaited = false;
        if (!_awaited.TryGetValue(physicalKey, out Queue<Note>? notes)) return null;
        // One whose deletion the switch has answered behind had nothing to report.
        Note? note = notes.FirstOrDefault(static each => each.Answer is not { IsCompletedSuccessfully: true });
        if (note is null) return null;
        wasAwaited = true;
        if (notes.Peek() == note) notes.Dequeue();
        else _awaited[physicalKey] = notes = new Queue<Note>(notes.Where(each => each != note));
        if (notes.Count == 0) _awaited.Remove(physicalKey);
        Count--;
        var counted = new FlowCounters(report.PacketCount, report.ByteCount);
        Settled?.Invoke(note.Rule, counted);
        bool isOfBefore = Refused is not null && Refused.Has(physicalKey, note.Rule);
        FlowCounters counters = isOfBefore ? default : TakeOwn(note.Rule, counted);
        if (note.Removal is null)
        {
            note.Rule.Retired += counters;
            return null;
        }
        note.Removal.Counters += counters;
        return --note.Removal.Outstanding == 0 ? note.Removal : null;
    }

    /// <summary>A rule that had been deleted was refused before that: it has nothing to report.</summary>
    /// <returns>The removals that are complete without it.</returns>
    public List<Removal> Forget(Xid refused, ShadowFlowTable table)
    {
        var complete = new List<Removal>();
        foreach (Note note in _awaited.Values.SelectMany(notes => notes).ToArray())
        {
            if (table.HasNothingWithout(note.Rule, refused) && Forget(note) is { } removal) complete.Add(removal);
        }
        return complete;
    }

    /// <summary>The switch has answered behind a deletion: what has not been reported by now was not there.</summary>
    /// <returns>The removal that is complete without it, or null.</returns>
    public Removal? Forget(Note note)
    {
        if (!_awaited.TryGetValue(note.Key, out Queue<Note>? notes)) return null;
        var left = new Queue<Note>(notes.Where(each => !ReferenceEquals(each, note)));
        if (left.Count == notes.Count) return null;
        Count--;
        if (left.Count > 0) _awaited[note.Key] = left;
        else _awaited.Remove(note.Key);
        return note.Removal is { } removal && --removal.Outstanding == 0 ? removal : null;
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
        _notOwn.Clear();
        Count = 0;
        return complete;
    }

    /// <summary>Nobody waits for the instance any more; what it has still to report is known when it comes.</summary>
    /// <returns>The removals that are complete without it.</returns>
    public List<Removal> StopAwaiting()
    {
        var complete = new List<Removal>();
        foreach (Note note in _awaited.Values.SelectMany(notes => notes))
        {
            if (note.Removal is { } removal && --removal.Outstanding == 0) complete.Add(removal);
            note.Removal = null;
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

    private FlowCounters TakeOwn(FlowRule rule, FlowCounters counted)
    {
        if (!_notOwn.Remove(rule, out FlowCounters others)) return counted;
        // A rule may have several entries.
        FlowCounters left = others.Without(counted);
        if (left != default) _notOwn[rule] = left;
        return counted.Without(others);
    }

    /// <summary>A report that is awaited.</summary>
    internal sealed class Note(RuleKey key, FlowRule rule, Removal? removal)
    {
        /// <summary>Of which entry.</summary>
        public RuleKey Key { get; } = key;

        /// <summary>The rule that the entry belongs to.</summary>
        public FlowRule Rule { get; } = rule;

        /// <summary>The reply to a barrier behind the deletion; null: none was sent for it.</summary>
        public Task? Answer { get; set; }

        /// <summary>Where its counters go; null: to the rule.</summary>
        public Removal? Removal { get; set; } = removal;
    }
}
