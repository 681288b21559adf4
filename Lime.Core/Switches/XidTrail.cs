using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Remembers which app command the latest messages to a switch came from, so that an error finds its
/// way.</summary>
/// <remarks>Bound: the last 8,192 messages; an error that comes later is reported without an id.
/// Threading: the owner loop's.</remarks>
internal sealed class XidTrail
{
    private const int Remembered = 8192;

    private readonly (uint Physical, uint App)[] _trail = new (uint, uint)[Remembered];

    public void Add(Xid physical, Xid app) => _trail[physical.Value % Remembered] = (physical.Value, app.Value);

    /// <summary>The app's id for a message, or null if it is forgotten or was Lime's own.</summary>
    public Xid? Find(Xid physical)
    {
        (uint Physical, uint App) entry = _trail[physical.Value % Remembered];
        return entry.Physical == physical.Value && entry.App != 0 ? new Xid(entry.App) : null;
    }
}
