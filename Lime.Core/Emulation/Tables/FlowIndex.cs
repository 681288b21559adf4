using System.Collections;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules of a table: by key for strict commands, by what they look at for packets (tuple space
/// search).</summary>
/// <remarks>Threading: the table's. A look-up costs one hash a mask, and stops at masks whose rules all
/// rank lower than the best one found. Between rules of one rank, which OpenFlow leaves open, the mask
/// that was used first wins. Gone through in the order in which they were added.</remarks>
internal sealed class FlowIndex : IReadOnlyCollection<FlowEntry>
{
    private readonly Dictionary<FieldSelection, MaskGroup> _groups = [];
    private List<MaskGroup> _byRank = [];
    private FlowEntry? _first;
    private FlowEntry? _last;
    private long _added;
    private int _furtherCount;
    private bool _isOrderStale;

    public int Count { get; private set; }

    /// <summary>Whether some rule looks at a further field, so that packets have to be read for them.</summary>
    public bool LooksFurther => _furtherCount > 0;

    public FlowEntry? FindStrict(in FlowKey key) =>
        _groups.GetValueOrDefault(FieldSelection.Of(key.Match))?.FindStrict(key);

    /// <summary>Every rule that a filter admits.</summary>
    /// <remarks>Only masks that have all bits of the filter's are looked at; one that has no others knows its
    /// rules.</remarks>
    public List<FlowEntry> Select(FlowFilter filter)
    {
        Match normalised = FlowKey.Normalise(filter.Match);
        if (normalised == Match.Any) return [.. this.Where(filter.Admits)];
        var selected = new List<FlowEntry>();
        foreach (MaskGroup group in _byRank)
        {
            if (normalised.Mask.Without(group.Selection.Mask) != default) continue;
            foreach (FlowEntry entry in group.Among(normalised))
            {
                if (filter.Admits(entry) && normalised.Covers(entry.Key.Match)) selected.Add(entry);
            }
        }
        selected.Sort(static (a, b) => a.Order.CompareTo(b.Order));
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

    /// <summary>Adds a rule whose key no other has.</summary>
    public void Add(FlowEntry entry)
    {
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
        Append(entry);
    }

    public void Remove(FlowEntry entry)
    {
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
        TakeOut(entry);
    }

    public IEnumerator<FlowEntry> GetEnumerator()
    {
        for (FlowEntry? entry = _first; entry is not null; entry = entry.Following) yield return entry;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Append(FlowEntry entry)
    {
        Count++;
        entry.Order = ++_added;
        entry.Following = null;
        entry.Preceding = _last;
        if (_last is null) _first = entry;
        else _last.Following = entry;
        _last = entry;
    }

    private void TakeOut(FlowEntry entry)
    {
        Count--;
        if (entry.Preceding is { } before) before.Following = entry.Following;
        else _first = entry.Following;
        if (entry.Following is { } behind) behind.Preceding = entry.Preceding;
        else _last = entry.Preceding;
        entry.Preceding = null;
        entry.Following = null;
    }

    private void SortGroups()
    {
        _byRank = [.. _byRank.OrderByDescending(group => group.RankMax)];
        _isOrderStale = false;
    }
}
