namespace Lime.Core.Switches;

/// <summary>The numbers of a physical switch's groups, or meters, of which each virtual switch on it is given its
/// own.</summary>
/// <remarks>From 1 on, since a switch may have room for few. A number that is given back rests before it is given
/// out again: a switch may reorder what no barrier parts (1.3.5 section 6.2), and its deletion is on its way.
/// Threading: the owner loop's.</remarks>
internal sealed class IdPool
{
    private const int RestingMin = 64;

    private readonly HashSet<uint> _used = [];
    private readonly Queue<uint> _resting = [];
    private uint _last;

    public uint Take()
    {
        while (_resting.Count > RestingMin)
        {
            uint rested = _resting.Dequeue();
            if (_used.Add(rested)) return rested;
        }
        do _last++;
        while (!_used.Add(_last));
        return _last;
    }

    /// <summary>A number that somebody else has used on the switch.</summary>
    public void Reserve(uint id) => _used.Add(id);

    public void Return(uint id)
    {
        if (_used.Remove(id)) _resting.Enqueue(id);
    }
}
