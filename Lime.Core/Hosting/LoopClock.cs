namespace Lime.Core.Hosting;

/// <summary>An event loop's clock: real, or virtual and moved by the loop. Counts ticks of 100 ns since
/// 2000.</summary>
/// <remarks>Threading: read from any thread; moved by the loop only.</remarks>
internal sealed class LoopClock(TimeProvider? realTime)
{
    private static readonly DateTimeOffset VirtualStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>No single wait is longer, so that a clock which jumps is noticed.</summary>
    private const long WaitMsMax = 1000;

    private readonly long _startTimestamp = realTime?.GetTimestamp() ?? 0;
    private readonly DateTimeOffset _start = realTime?.GetUtcNow() ?? VirtualStart;
    private long _virtualTicks;

    public bool IsVirtual => realTime is null;

    public long Ticks => realTime is null
        ? Volatile.Read(ref _virtualTicks)
        : realTime.GetElapsedTime(_startTimestamp).Ticks;

    public DateTimeOffset UtcNow => _start.AddTicks(Ticks);

    public void AdvanceTo(long ticks)
    {
        if (realTime is null && ticks > _virtualTicks) Volatile.Write(ref _virtualTicks, ticks);
    }

    public TimeSpan Until(long ticks)
    {
        if (ticks == long.MaxValue) return TimeSpan.FromMilliseconds(WaitMsMax);
        // A wait counts whole milliseconds: round up, so as not to wake early and spin.
        long waitMs = (ticks - Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return TimeSpan.FromMilliseconds(Math.Clamp(waitMs, 0, WaitMsMax));
    }
}
