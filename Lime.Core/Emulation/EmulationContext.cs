using Lime.Core.Hosting;

namespace Lime.Core.Emulation;

/// <summary>What all parts of one emulated network share: its loop, its clock, its dice, its tap.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class EmulationContext
{
    private readonly double _clockRate;

    public EmulationContext(EventLoop loop, int seed) : this(loop, new Random(seed), 1)
    {
    }

    private EmulationContext(EventLoop loop, Random random, double clockRate)
    {
        Loop = loop;
        Random = random;
        _clockRate = clockRate;
    }

    public EventLoop Loop { get; }

    public Random Random { get; }

    /// <summary>The network's; what has a clock of its own has no links.</summary>
    public FrameTap? Tap { get; set; }

    /// <summary>Ticks of 100 ns since the loop began, by a clock that may go wrong.</summary>
    public long NowTicks => _clockRate == 1 ? Loop.Time.GetTimestamp() : (long)(Loop.Time.GetTimestamp() * _clockRate);

    public TimeSpan Now => TimeSpan.FromTicks(NowTicks);

    /// <summary>The same network with another clock.</summary>
    /// <param name="clockRate">How many seconds go by on it in one.</param>
    public EmulationContext WithClock(double clockRate) =>
        clockRate == 1 ? this : new EmulationContext(Loop, Random, clockRate);

    /// <summary>How long it takes, by the loop's time, until the clock is there.</summary>
    public TimeSpan TimeUntil(long dueTicks)
    {
        long ticks = Math.Max(0, dueTicks - NowTicks);
        // A tick more, so that what is rounded doesn't make it early.
        return TimeSpan.FromTicks(_clockRate == 1 || ticks == 0 ? ticks : (long)Math.Ceiling(ticks / _clockRate) + 1);
    }

    /// <summary>A delay, varied by up to a fraction of it to either side.</summary>
    /// <remarks>The dice are thrown only where they decide something, so that what has no chance in it does
    /// not disturb the rest.</remarks>
    public TimeSpan Vary(TimeSpan delay, double fraction) => fraction == 0 || delay == TimeSpan.Zero
        ? delay
        : delay * (1 + (fraction * ((2 * Random.NextDouble()) - 1)));

    /// <summary>Runs on the loop: at once if the caller is there, else as its next work.</summary>
    public void OnLoop(Action action)
    {
        if (Loop.IsCurrent) action();
        else Loop.Post(action);
    }
}
