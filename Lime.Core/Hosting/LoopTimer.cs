namespace Lime.Core.Hosting;

/// <summary>A timer of an event loop.</summary>
/// <remarks>Threading: as for <see cref="LoopTimers"/>.</remarks>
internal sealed class LoopTimer(LoopTimers timers, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private int _changeCount;

    /// <summary>The queue entry that counts; 0: none.</summary>
    internal long ScheduledOrder { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        // Of changes made on and off the loop the last one made counts, whichever reaches the loop last.
        int change = Interlocked.Increment(ref _changeCount);
        long dueTicks = timers.DueTicks(dueTime);
        if (timers.IsOnLoop) Apply(dueTicks, period);
        else PostChange(change, dueTicks, period);
        return true;
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fired(long nowTicks)
    {
        ScheduledOrder = 0;
        bool isPeriodic = _period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero;
        if (isPeriodic) timers.Enqueue(this, nowTicks + _period.Ticks);
    }

    internal void Invoke() => callback(state);

    /// <summary>Apart from its caller, so that a change on the loop allocates no closure.</summary>
    private void PostChange(int change, long dueTicks, TimeSpan period) => timers.Post(() =>
    {
        if (change == Volatile.Read(ref _changeCount)) Apply(dueTicks, period);
    });

    private void Apply(long dueTicks, TimeSpan period)
    {
        _period = period;
        ScheduledOrder = 0;
        if (dueTicks != long.MaxValue) timers.Enqueue(this, dueTicks);
    }
}
