using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Emulation.Tables;

/// <summary>The rules of a table: by key for strict commands, by mask for packets (tuple space
/// search).</summary>
/// <remarks>Threading: the table's. A look-up costs one hash a mask, and stops at masks whose rules all
/// rank lower than the best one found. Between rules of one rank, which OpenFlow 1.0 leaves open, the mask
/// that was used first wins.</remarks>
internal sealed class FlowIndex
{
    private readonly Dictionary<FlowKey, FlowEntry> _entries = [];
    private readonly Dictionary<PacketFields, MaskGroup> _groups = [];
    private List<MaskGroup> _byRank = [];
    private bool _isOrderStale;

    public int Count => _entries.Count;

    public FlowEntry? FindStrict(in FlowKey key) => _entries.GetValueOrDefault(key);

    /// <summary>Every rule that <paramref name="match"/> covers and that sends out of a port, if one is
    /// given.</summary>
    public List<FlowEntry> Select(in Match match, PortNumber outPort)
    {
        Match normalised = MatchNormalisation.Normalise(match);
        var selected = new List<FlowEntry>();
        foreach (FlowEntry entry in _entries.Values)
        {
            if (outPort != PortNumber.Any && !entry.Actions.SendsTo(outPort)) continue;
            if (normalised.Covers(entry.Key.Match)) selected.Add(entry);
        }
        return selected;
    }

    public FlowEntry? Lookup(in PacketFields fields)
    {
        if (_isOrderStale) SortGroups();
        FlowEntry? best = null;
        foreach (MaskGroup group in _byRank)
        {
            if (best is not null && group.RankMax <= best.Key.Rank) break;
            FlowEntry? found = group.Find(fields);
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
        if (!_groups.TryGetValue(entry.Key.Match.Mask, out MaskGroup? group))
        {
            group = new MaskGroup(entry.Key.Match.Mask);
            _groups.Add(group.Mask, group);
            _byRank.Add(group);
        }
        int rankMax = group.RankMax;
        group.Add(entry);
        _isOrderStale |= group.RankMax != rankMax;
    }

    public void Remove(FlowEntry entry)
    {
        _entries.Remove(entry.Key);
        MaskGroup group = _groups[entry.Key.Match.Mask];
        int rankMax = group.RankMax;
        group.Remove(entry);
        if (group.RankMax < 0)
        {
            _groups.Remove(group.Mask);
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
