namespace Lime.Core.Emulation;

/// <summary>Rings once at a time that can be set, moved and cleared; a timer of the loop that is made only
/// once.</summary>
/// <remarks>Threading: the loop's, or its owner's while the loop does not run.</remarks>
internal sealed class Alarm
{
    private const long Never = long.MaxValue;

    private readonly EmulationContext _context;
    private readonly Action _ring;
    private readonly ITimer _timer;
    private long _dueTicks = Never;

    public Alarm(EmulationContext context, Action ring)
    {
        _context = context;
        _ring = ring;
        _timer = context.Loop.Time.CreateTimer(
            static state => ((Alarm)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public bool IsSet => _dueTicks != Never;

    public void SetAt(long dueTicks)
    {
        if (dueTicks == _dueTicks) return;
        _dueTicks = dueTicks;
        _timer.Change(_context.TimeUntil(dueTicks), Timeout.InfiniteTimeSpan);
    }

    public void Clear()
    {
        if (!IsSet) return;
        _dueTicks = Never;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        // A timer changed from outside the loop may still fire for its old time.
        if (_context.NowTicks < _dueTicks) return;
        _dueTicks = Never;
        _ring();
    }
}
