using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules that look at the same bits: one hash look-up finds the ones a packet matches.</summary>
/// <remarks>Threading: the table's. Rules that match the same values hang in one chain, the highest rank
/// first.</remarks>
internal sealed class MaskGroup(PacketFields mask)
{
    private static readonly Comparer<int> HighestFirst = Comparer<int>.Create((a, b) => b.CompareTo(a));

    private readonly Dictionary<PacketFields, FlowEntry> _buckets = [];
    private readonly SortedDictionary<int, int> _countByRank = new(HighestFirst);

    public PacketFields Mask { get; } = mask;

    /// <summary>The highest rank in the group; -1 if it is empty.</summary>
    public int RankMax { get; private set; } = -1;

    public IEnumerable<FlowEntry> Entries => _buckets.Values.SelectMany(Chain);

    public bool HasRank(int rank) => _countByRank.ContainsKey(rank);

    /// <summary>The entry of highest rank that a packet matches, or null.</summary>
    public FlowEntry? Find(in PacketFields fields) => _buckets.GetValueOrDefault(fields.And(Mask));

    public void Add(FlowEntry entry)
    {
        _countByRank[entry.Key.Rank] = _countByRank.GetValueOrDefault(entry.Key.Rank) + 1;
        RankMax = Math.Max(RankMax, entry.Key.Rank);
        FlowEntry? head = _buckets.GetValueOrDefault(entry.Key.Match.Values);
        if (head is null || head.Key.Rank < entry.Key.Rank)
        {
            entry.NextInBucket = head;
            _buckets[entry.Key.Match.Values] = entry;
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
        if (Mask.Without(match.Mask) == default)
            return Chain(Find(match.Values)).Any(entry => entry.Key.Rank == rank);
        foreach (FlowEntry entry in Entries)
        {
            if (entry.Key.Rank == rank && entry.Key.Match.Overlaps(match)) return true;
        }
        return false;
    }

    private void Unlink(FlowEntry entry)
    {
        FlowEntry head = _buckets[entry.Key.Match.Values];
        if (head != entry)
        {
            while (head.NextInBucket != entry) head = head.NextInBucket!;
            head.NextInBucket = entry.NextInBucket;
        }
        else if (entry.NextInBucket is null) _buckets.Remove(entry.Key.Match.Values);
        else _buckets[entry.Key.Match.Values] = entry.NextInBucket;
    }

    private static IEnumerable<FlowEntry> Chain(FlowEntry? head)
    {
        for (FlowEntry? entry = head; entry is not null; entry = entry.NextInBucket) yield return entry;
    }
}
