namespace Lime.Core.Hosting;

/// <summary>A timer of an event loop.</summary>
/// <remarks>Threading: as for <see cref="LoopTimers"/>.</remarks>
internal sealed class LoopTimer(LoopTimers timers, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    /// <summary>The queue entry that counts; 0: none.</summary>
    internal long ScheduledOrder { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        ScheduledOrder = 0;
        if (dueTime != Timeout.InfiniteTimeSpan) timers.Schedule(this, dueTime);
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
}
