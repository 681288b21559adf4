namespace Lime.Core.Ovsdb;

/// <summary>Those who wait for something to come to hold.</summary>
/// <remarks>Threading: the owner loop only. Completions never run inline.</remarks>
internal sealed class ConditionWaits(TimeProvider time)
{
    private readonly List<(Func<bool> Holds, TaskCompletionSource<bool> Done)> _waits = [];

    /// <returns>Whether it held within <paramref name="timeout"/>.</returns>
    public async Task<bool> UntilAsync(Func<bool> holds, TimeSpan timeout)
    {
        if (holds()) return true;
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waits.Add((holds, done));
        using ITimer timer = time.CreateTimer(
            state => ((TaskCompletionSource<bool>)state!).TrySetResult(false), done, timeout, Timeout.InfiniteTimeSpan);
        bool hasHeld = await done.Task;
        _waits.RemoveAll(each => each.Done == done);
        return hasHeld;
    }

    /// <summary>Something has changed.</summary>
    public void Look()
    {
        foreach ((Func<bool> holds, TaskCompletionSource<bool> done) in _waits)
        {
            if (holds()) done.TrySetResult(true);
        }
    }
}
