using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Remembers which app command the latest messages to a switch came from, so that an error finds its
/// way.</summary>
/// <remarks>Both ids mostly count up side by side, so what is kept is where they begin to: on the packet path an
/// entry is two comparisons, and no memory is written but one number. Bound: the last 8,192 messages; an error that
/// comes later is reported without an id. Grows up to it, so that thousands of quiet switches cost little. Threading:
/// the owner loop's.</remarks>
internal sealed class XidTrail
{
    private const int RunsMin = 16;
    private const int RememberedMax = 8192;

    /// <summary>Ids that count up side by side, as a ring; where the latest of them ends is not written.</summary>
    private Run[] _runs = [];
    private uint _runCount;
    private uint _lastPhysical;
    private uint _lastApp;

    public void Add(Xid physical, Xid app)
    {
        bool goesOn = physical.Value == _lastPhysical + 1
            && (_lastApp == 0 ? app.Value == 0 : app.Value == _lastApp + 1);
        if (!goesOn) Begin(physical.Value, app.Value);
        _lastPhysical = physical.Value;
        _lastApp = app.Value;
    }

    /// <summary>The app's id for a message, or null if it is forgotten or was Lime's own.</summary>
    public Xid? Find(Xid physical) => FindEither(physical) is { Value: > 0 } app ? app : null;

    /// <summary>Whether a message, an app's or Lime's own, is among those remembered.</summary>
    public bool Has(Xid physical) => FindEither(physical) is not null;

    private Xid? FindEither(Xid physical)
    {
        if (_lastPhysical - physical.Value >= RememberedMax) return null;
        for (uint i = _runCount; i > 0 && _runCount - i < (uint)_runs.Length; i--)
        {
            Run run = _runs[(i - 1) % (uint)_runs.Length];
            uint last = i == _runCount ? _lastPhysical : run.Last;
            // Ids wrap around, and so do these differences.
            bool isIn = physical.Value - run.First <= last - run.First;
            if (isIn) return new Xid(run.App == 0 ? 0 : run.App + (physical.Value - run.First));
        }
        return null;
    }

    private void Begin(uint physical, uint app)
    {
        if (_runCount > 0) _runs[(_runCount - 1) % (uint)_runs.Length].Last = _lastPhysical;
        // A ring that grows was full for the first time, so the runs lie in it in order.
        if (_runCount == (uint)_runs.Length && _runs.Length < RememberedMax)
            Array.Resize(ref _runs, Math.Max(RunsMin, _runs.Length * 2));
        _runs[_runCount % (uint)_runs.Length] = new Run { First = physical, App = app };
        _runCount++;
    }

    private struct Run
    {
        public uint First;

        /// <summary>The app's id of the first; 0: Lime's own messages.</summary>
        public uint App;

        public uint Last;
    }
}
