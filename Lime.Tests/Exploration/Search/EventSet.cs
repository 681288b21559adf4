namespace Lime.Tests.Exploration.Search;

/// <summary>A set of events of one run, by their places in it.</summary>
internal sealed class EventSet
{
    private ulong[] _bits = new ulong[4];

    /// <summary>The set, a bit a place; to be kept.</summary>
    public ulong[] Bits
    {
        get => _bits;
        init => _bits = value;
    }

    public bool Contains(int place) => place >> 6 < _bits.Length && (_bits[place >> 6] & (1UL << (place & 63))) != 0;

    public void Add(int place)
    {
        Grow((place >> 6) + 1);
        _bits[place >> 6] |= 1UL << (place & 63);
    }

    public void UnionWith(EventSet other)
    {
        Grow(other._bits.Length);
        for (int i = 0; i < other._bits.Length; i++) _bits[i] |= other._bits[i];
    }

    public bool Overlaps(EventSet other)
    {
        int words = Math.Min(_bits.Length, other._bits.Length);
        for (int i = 0; i < words; i++)
        {
            if ((_bits[i] & other._bits[i]) != 0) return true;
        }
        return false;
    }

    private void Grow(int words)
    {
        if (words > _bits.Length) Array.Resize(ref _bits, Math.Max(words, _bits.Length * 2));
    }
}
