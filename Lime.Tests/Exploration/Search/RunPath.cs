namespace Lime.Tests.Exploration.Search;

/// <summary>The steps of the run under way, and which of them happened before which.</summary>
internal sealed class RunPath
{
    private readonly List<SearchNode> _nodes = [];
    private readonly List<int> _races = [];

    public int Count => _nodes.Count;

    public IEnumerable<SearchNode> Nodes => _nodes;

    public SearchNode Last => _nodes[^1];

    public SearchNode this[int place] => _nodes[place];

    /// <summary>The run's name: equal for runs that differ in the order of independent steps only.</summary>
    public ulong Name => Count == 0 ? 0 : Last.State;

    public void Add(SearchNode node) => _nodes.Add(node);

    public void RemoveLast() => _nodes.RemoveAt(_nodes.Count - 1);

    /// <summary>Takes the last step, which was not taken before.</summary>
    /// <returns>The earlier ones, by their places, that it might have come before; valid until the next
    /// call.</returns>
    public List<int> Take(IExploredWorld world)
    {
        int place = Count - 1;
        SearchNode node = Last;
        var before = new EventSet();
        foreach (int cause in world.CausesOf(node.Line)) Precede(before, cause);
        int last = place - 1;
        while (last >= 0 && _nodes[last].Line != node.Line) last--;
        Precede(before, last);
        _races.Clear();
        _races.AddRange(world.RivalsOf(node.Line).Where(rival => rival >= 0));
        node.Footprint = world.Step(node.Line);
        for (int earlier = place - 1; earlier >= 0; earlier--)
        {
            // One that is before another that is before this one is not next to it: no race between the two.
            bool isRace = !before.Contains(earlier) && _nodes[earlier].Footprint.ConflictsWith(node.Footprint);
            if (!isRace) continue;
            _races.Add(earlier);
            Precede(before, earlier);
        }
        node.Before = before;
        NameLast();
        return _races;
    }

    private void Precede(EventSet before, int place)
    {
        if (place < 0) return;
        before.Add(place);
        before.UnionWith(_nodes[place].Before);
    }

    private void NameLast()
    {
        SearchNode node = Last;
        int ordinal = 0;
        ulong past = 0;
        for (int i = 0; i < Count - 1; i++)
        {
            if (_nodes[i].Line == node.Line) ordinal++;
            if (node.Before.Contains(i)) past += _nodes[i].Name;
        }
        node.Name = Mix(past ^ Mix(((ulong)(uint)node.Line << 32) | (uint)ordinal));
        node.State = node.Name + (Count == 1 ? 0 : _nodes[^2].State);
    }

    /// <summary>The finalizer of splitmix64.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9e37_79b9_7f4a_7c15;
        value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
        value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
        return value ^ (value >> 31);
    }
}
