using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules that look at the same bits: one hash look-up finds the ones a packet matches.</summary>
/// <remarks>Threading: the table's. Rules that match the same values hang in one chain, the highest rank
/// first.</remarks>
internal sealed class MaskGroup(FieldSelection selection)
{
    private static readonly Comparer<int> HighestFirst = Comparer<int>.Create((a, b) => b.CompareTo(a));

    private readonly Dictionary<MaskedFields, FlowEntry> _buckets = [];
    private readonly SortedDictionary<int, int> _countByRank = new(HighestFirst);

    public FieldSelection Selection { get; } = selection;

    /// <summary>The highest rank in the group; -1 if it is empty.</summary>
    public int RankMax { get; private set; } = -1;

    public IEnumerable<FlowEntry> Entries => _buckets.Values.SelectMany(Chain);

    public bool HasRank(int rank) => _countByRank.ContainsKey(rank);

    /// <summary>The entry of highest rank that a packet matches, or null.</summary>
    public FlowEntry? Find(in PacketFields fields, FurtherFields? further) =>
        Selection.TrySelect(fields, further, out MaskedFields masked) ? _buckets.GetValueOrDefault(masked) : null;

    public void Add(FlowEntry entry)
    {
        _countByRank[entry.Key.Rank] = _countByRank.GetValueOrDefault(entry.Key.Rank) + 1;
        RankMax = Math.Max(RankMax, entry.Key.Rank);
        MaskedFields masked = MaskedFields.Of(entry.Key.Match);
        FlowEntry? head = _buckets.GetValueOrDefault(masked);
        if (head is null || head.Key.Rank < entry.Key.Rank)
        {
            entry.NextInBucket = head;
            _buckets[masked] = entry;
            return;
        }
        while (head.NextInBucket is { } next && next.Key.Rank > entry.Key.Rank) head = next;
        entry.NextInBucket = head.NextInBucket;
        head.NextInBucket = entry;
    }

    public void Remove(FlowEntry entry)
    {
        Unlink(entry);
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
        if (!HasRank(rank)) return false;
        // A mask within the other's leaves one bucket that can overlap; otherwise all have to be looked at.
        bool isWithin = Selection.Further.Count == 0 && Selection.Mask.Without(match.Mask) == default;
        if (isWithin) return Chain(Find(match.Values, null)).Any(entry => entry.Key.Rank == rank);
        foreach (FlowEntry entry in Entries)
        {
            if (entry.Key.Rank == rank && entry.Key.Match.Overlaps(match)) return true;
        }
        return false;
    }

    private void Unlink(FlowEntry entry)
    {
        MaskedFields masked = MaskedFields.Of(entry.Key.Match);
        FlowEntry head = _buckets[masked];
        if (head != entry)
        {
            while (head.NextInBucket != entry) head = head.NextInBucket!;
            head.NextInBucket = entry.NextInBucket;
        }
        else if (entry.NextInBucket is null) _buckets.Remove(masked);
        else _buckets[masked] = entry.NextInBucket;
    }

    private static IEnumerable<FlowEntry> Chain(FlowEntry? head)
    {
        for (FlowEntry? entry = head; entry is not null; entry = entry.NextInBucket) yield return entry;
    }
}
