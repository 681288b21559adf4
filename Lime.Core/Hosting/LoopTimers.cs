namespace Lime.Core.Hosting;

/// <summary>The loop as a <see cref="TimeProvider"/>: its clock, and timers that fire on it.</summary>
/// <remarks>Threading: timers may be made and changed from any thread (they post themselves to the loop);
/// on the loop they take effect at once.</remarks>
internal sealed class LoopTimers(EventLoop loop, LoopClock clock) : TimeProvider
{
    private readonly PriorityQueue<LoopTimer, (long DueTicks, long Order)> _queue = new();
    private long _order;

    /// <summary>When the next timer is due; <see cref="long.MaxValue"/> if there is none.</summary>
    public long NextDueTicks
    {
        get
        {
            DropStale();
            return _queue.TryPeek(out _, out (long DueTicks, long Order) due) ? due.DueTicks : long.MaxValue;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => clock.Ticks;

    public override DateTimeOffset GetUtcNow() => clock.UtcNow;

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period)
    {
        var timer = new LoopTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs every timer that is due at <paramref name="now"/>, but none that is made on the way: that one is
    /// for the next turn, so a timer that sets itself to zero again and again holds up nothing else.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RunDue(long now, Action<Action<object?>, object?> run)
    {
        bool hasRun = false;
        long lastOrder = _order;
        while (NextDueTicks <= now && _queue.Peek().ScheduledOrder <= lastOrder)
        {
            LoopTimer timer = _queue.Dequeue();
            timer.Fired(now);
            run(static state => ((LoopTimer)state!).Invoke(), timer);
            hasRun = true;
        }
        return hasRun;
    }

    internal bool IsOnLoop => loop.IsCurrent;

    /// <summary>When a wait that begins now is over; <see cref="long.MaxValue"/>: never.</summary>
    internal long DueTicks(TimeSpan wait) =>
        wait == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.Ticks + wait.Ticks;

    internal void Post(Action change) => loop.Post(change);

    internal void Enqueue(LoopTimer timer, long dueTicks)
    {
        timer.ScheduledOrder = ++_order;
        _queue.Enqueue(timer, (dueTicks, _order));
    }

    /// <summary>A timer that was changed or disposed leaves its old entry behind; the order number tells
    /// them apart.</summary>
    private void DropStale()
    {
        while (_queue.TryPeek(out LoopTimer? timer, out (long DueTicks, long Order) due)
            && timer.ScheduledOrder != due.Order)
            _queue.Dequeue();
    }
}
