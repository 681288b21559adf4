namespace Lime.Core.Rules;

/// <summary>A delay whose continuation runs where the timer fires: on the loop, in virtual time
/// too.</summary>
internal static class LoopDelay
{
    public static async Task WaitAsync(TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource();
        using ITimer timer = time.CreateTimer(
            static state => ((TaskCompletionSource)state!).TrySetResult(), done, duration, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration registration =
            cancellationToken.Register(static state => ((TaskCompletionSource)state!).TrySetCanceled(), done);
        await done.Task;
    }
}
