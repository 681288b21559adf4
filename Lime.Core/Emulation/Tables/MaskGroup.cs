using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules that look at the same bits: one hash look-up finds the ones a packet matches.</summary>
/// <remarks>Threading: the table's. A hash table of its own, whose chains go through the rules themselves, so that a
/// million of them cost little besides. Rules that match the same values are in one chain.</remarks>
internal sealed class MaskGroup(FieldSelection selection)
{
    private const int BucketsMin = 4;

    private static readonly Comparer<int> HighestFirst = Comparer<int>.Create((a, b) => b.CompareTo(a));

    private readonly SortedDictionary<int, int> _countByRank = new(HighestFirst);

    /// <summary>At least one a rule; a power of two.</summary>
    private FlowEntry?[] _buckets = new FlowEntry?[BucketsMin];

    private int _count;

    public FieldSelection Selection { get; } = selection;

    /// <summary>The highest rank in the group; -1 if it is empty.</summary>
    public int RankMax { get; private set; } = -1;

    /// <summary>The entry of highest rank that a packet matches, or null.</summary>
    public FlowEntry? Find(in PacketFields fields, FurtherFields? further)
    {
        if (!Selection.TrySelect(fields, further, out MaskedFields masked)) return null;
        FlowEntry? best = null;
        foreach (FlowEntry entry in Same(masked))
        {
            if (best is null || entry.Key.Rank > best.Key.Rank) best = entry;
        }
        return best;
    }

    /// <summary>The entry with this key, whose match looks at the group's bits; null: there is none.</summary>
    public FlowEntry? FindStrict(in FlowKey key)
    {
        foreach (FlowEntry entry in Same(MaskedFields.Of(key.Match)))
        {
            if (entry.Key.Rank == key.Rank) return entry;
        }
        return null;
    }

    /// <summary>Entries, among them all that a match covers.</summary>
    public IEnumerable<FlowEntry> Among(in Match match) =>
        Selection == FieldSelection.Of(match) ? Same(MaskedFields.Of(match)) : All();

    public void Add(FlowEntry entry)
    {
        _countByRank[entry.Key.Rank] = _countByRank.GetValueOrDefault(entry.Key.Rank) + 1;
        RankMax = Math.Max(RankMax, entry.Key.Rank);
        if (++_count > _buckets.Length) Grow();
        entry.Hash = MaskedFields.Of(entry.Key.Match).GetHashCode();
        Link(entry);
    }

    public void Remove(FlowEntry entry)
    {
        _count--;
        ref FlowEntry? head = ref BucketOf(entry.Hash);
        if (head == entry) head = entry.NextInBucket;
        else
        {
            FlowEntry before = head!;
            while (before.NextInBucket != entry) before = before.NextInBucket!;
            before.NextInBucket = entry.NextInBucket;
        }
        entry.NextInBucket = null;
        int remaining = _countByRank[entry.Key.Rank] - 1;
        if (remaining > 0)
        {
            _countByRank[entry.Key.Rank] = remaining;
            return;
        }
        _countByRank.Remove(entry.Key.Rank);
        if (entry.Key.Rank == RankMax) RankMax = _countByRank.Count == 0 ? -1 : _countByRank.First().Key;
    }

    /// <summary>Whether some rule of the given rank overlaps <paramref name="match"/>.</summary>
    public bool HasOverlap(in Match match, int rank)
    {
        if (!_countByRank.ContainsKey(rank)) return false;
        // A mask within the other's leaves one value that can overlap; otherwise all have to be looked at.
        bool isWithin = Selection.Further.Count == 0 && Selection.Mask.Without(match.Mask) == default;
        IEnumerable<FlowEntry> concerned = isWithin
            ? Same(new MaskedFields(match.Values.And(Selection.Mask), FurtherFields.None))
            : All();
        foreach (FlowEntry entry in concerned)
        {
            if (entry.Key.Rank == rank && entry.Key.Match.Overlaps(match)) return true;
        }
        return false;
    }

    /// <summary>The entries that want these values.</summary>
    private IEnumerable<FlowEntry> Same(MaskedFields masked)
    {
        int hash = masked.GetHashCode();
        for (FlowEntry? entry = BucketOf(hash); entry is not null; entry = entry.NextInBucket)
        {
            if (entry.Hash == hash && MaskedFields.Of(entry.Key.Match).Equals(masked)) yield return entry;
        }
    }

    private IEnumerable<FlowEntry> All()
    {
        foreach (FlowEntry? head in _buckets)
        {
            for (FlowEntry? entry = head; entry is not null; entry = entry.NextInBucket) yield return entry;
        }
    }

    private void Link(FlowEntry entry)
    {
        ref FlowEntry? head = ref BucketOf(entry.Hash);
        entry.NextInBucket = head;
        head = entry;
    }

    private void Grow()
    {
        FlowEntry[] entries = [.. All()];
        _buckets = new FlowEntry?[_buckets.Length * 2];
        foreach (FlowEntry each in entries) Link(each);
    }

    private ref FlowEntry? BucketOf(int hash) => ref _buckets[hash & (_buckets.Length - 1)];
}
