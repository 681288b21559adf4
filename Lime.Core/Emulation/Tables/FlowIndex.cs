using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules of a table: by key for strict commands, by what they look at for packets (tuple space
/// search).</summary>
/// <remarks>Threading: the table's. A look-up costs one hash a mask, and stops at masks whose rules all
/// rank lower than the best one found. Between rules of one rank, which OpenFlow leaves open, the mask
/// that was used first wins.</remarks>
internal sealed class FlowIndex
{
    private readonly Dictionary<FlowKey, FlowEntry> _entries = [];
    private readonly Dictionary<FieldSelection, MaskGroup> _groups = [];
    private List<MaskGroup> _byRank = [];
    private int _furtherCount;
    private bool _isOrderStale;

    public int Count => _entries.Count;

    /// <summary>Whether some rule looks at a further field, so that packets have to be read for them.</summary>
    public bool LooksFurther => _furtherCount > 0;

    public IReadOnlyCollection<FlowEntry> Entries => _entries.Values;

    public FlowEntry? FindStrict(in FlowKey key) => _entries.GetValueOrDefault(key);

    /// <summary>Every rule that a filter admits.</summary>
    public List<FlowEntry> Select(FlowFilter filter)
    {
        Match normalised = FlowKey.Normalise(filter.Match);
        var selected = new List<FlowEntry>();
        foreach (FlowEntry entry in _entries.Values)
        {
            if (filter.Admits(entry) && normalised.Covers(entry.Key.Match)) selected.Add(entry);
        }
        return selected;
    }

    public FlowEntry? Lookup(in PacketFields fields, FurtherFields? further)
    {
        if (_isOrderStale) SortGroups();
        FlowEntry? best = null;
        foreach (MaskGroup group in _byRank)
        {
            if (best is not null && group.RankMax <= best.Key.Rank) break;
            FlowEntry? found = group.Find(fields, further);
            if (found is not null && (best is null || found.Key.Rank > best.Key.Rank)) best = found;
        }
        return best;
    }

    public bool HasOverlap(in FlowKey key)
    {
        foreach (MaskGroup group in _byRank)
        {
            if (group.HasOverlap(key.Match, key.Rank)) return true;
        }
        return false;
    }

    public void Add(FlowEntry entry)
    {
        _entries.Add(entry.Key, entry);
        var selection = FieldSelection.Of(entry.Key.Match);
        if (!_groups.TryGetValue(selection, out MaskGroup? group))
        {
            group = new MaskGroup(selection);
            _groups.Add(selection, group);
            _byRank.Add(group);
        }
        if (selection.Further.Count > 0) _furtherCount++;
        int rankMax = group.RankMax;
        group.Add(entry);
        _isOrderStale |= group.RankMax != rankMax;
    }

    public void Remove(FlowEntry entry)
    {
        _entries.Remove(entry.Key);
        MaskGroup group = _groups[FieldSelection.Of(entry.Key.Match)];
        if (group.Selection.Further.Count > 0) _furtherCount--;
        int rankMax = group.RankMax;
        group.Remove(entry);
        if (group.RankMax < 0)
        {
            _groups.Remove(group.Selection);
            _byRank.Remove(group);
        }
        _isOrderStale |= group.RankMax != rankMax;
    }

    private void SortGroups()
    {
        _byRank = [.. _byRank.OrderByDescending(group => group.RankMax)];
        _isOrderStale = false;
    }
}
