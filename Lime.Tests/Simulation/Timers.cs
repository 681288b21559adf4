using Lime.Core.Hosting;

namespace Lime.Tests.Simulation;

/// <summary>Things that are to happen later in virtual time.</summary>
internal static class Timers
{
    /// <summary>Does something once, after a time.</summary>
    public static void After(EventLoop loop, double ms, Action action)
    {
        ITimer? timer = null;
        timer = loop.Time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                action();
            },
            null, TimeSpan.FromMilliseconds(ms), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes after a time.</summary>
    public static Task DelayAsync(this EventLoop loop, double ms)
    {
        var done = new TaskCompletionSource();
        After(loop, ms, done.SetResult);
        return done.Task;
    }
}
