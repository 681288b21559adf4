using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Remembers which app command the latest messages to a switch came from, so that an error finds its
/// way.</summary>
/// <remarks>Bound: the last 8,192 messages; an error that comes later is reported without an id. Grows up to it, so
/// that thousands of quiet switches cost little. Threading: the owner loop's.</remarks>
internal sealed class XidTrail
{
    private const int RememberedMin = 128;
    private const int RememberedMax = 8192;
    private const int Growth = 8;

    private (uint Physical, uint App)[] _trail = [];
    private uint _first;

    public void Add(Xid physical, Xid app)
    {
        if (_trail.Length < RememberedMax) Grow(physical.Value);
        _trail[physical.Value % (uint)_trail.Length] = (physical.Value, app.Value);
    }

    /// <summary>The app's id for a message, or null if it is forgotten or was Lime's own.</summary>
    public Xid? Find(Xid physical)
    {
        if (_trail.Length == 0) return null;
        (uint Physical, uint App) entry = _trail[physical.Value % (uint)_trail.Length];
        return entry.Physical == physical.Value && entry.App != 0 ? new Xid(entry.App) : null;
    }

    /// <summary>Makes room for every id from the first one to <paramref name="last"/>, up to the bound.</summary>
    private void Grow(uint last)
    {
        if (_trail.Length == 0) _first = last;
        uint span = last - _first;
        int length = Math.Max(_trail.Length, RememberedMin);
        while (length <= span && length < RememberedMax) length *= Growth;
        if (length == _trail.Length) return;
        (uint Physical, uint App)[] before = _trail;
        _trail = new (uint, uint)[length];
        foreach ((uint Physical, uint App) entry in before)
        {
            if (entry.App != 0) _trail[entry.Physical % (uint)length] = entry;
        }
    }
}
