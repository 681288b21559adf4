using Lime.Core.Hosting;

namespace Lime.Core.Emulation;

/// <summary>What all parts of one emulated network share: its loop, its clock, its dice, its tap.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class EmulationContext(EventLoop loop, int seed)
{
    public EventLoop Loop { get; } = loop;

    public Random Random { get; } = new(seed);

    public FrameTap? Tap { get; set; }

    /// <summary>Ticks of 100 ns since the loop began.</summary>
    public long NowTicks => Loop.Time.GetTimestamp();

    public TimeSpan Now => TimeSpan.FromTicks(NowTicks);

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
