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

    /// <summary>Runs on the loop: at once if the caller is there, else as its next work.</summary>
    public void OnLoop(Action action)
    {
        if (Loop.IsCurrent) action();
        else Loop.Post(action);
    }
}
