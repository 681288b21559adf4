namespace Lime.OpenFlow.Channel;

/// <summary>A channel's time in ticks of 100 ns since it was made, so that deadlines are whole
/// numbers.</summary>
/// <remarks>Threading: as the provider's; timers fire where the provider fires them.</remarks>
internal sealed class ChannelClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public long NowTicks => time.GetElapsedTime(_start).Ticks;

    public ITimer CreateTimer(TimerCallback callback, object state) =>
        time.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
