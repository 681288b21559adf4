namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Waits for what a real network gives no event for; every wait is bounded.</summary>
internal static class Poll
{
    /// <summary>Far above what anything that is waited for takes, on a loaded machine.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TimeoutException">It did not come to hold in time; says what.</exception>
    public static Task UntilAsync(Func<bool> holds, string what) =>
        UntilAsync(() => Task.FromResult(holds()), what);

    /// <exception cref="TimeoutException">It did not come to hold in time; says what.</exception>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using PeriodicTimer timer = new(Interval);
        using CancellationTokenSource deadline = new(Timeout);
        try
        {
            while (!await holds())
                await timer.WaitForNextTickAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Not within {Timeout}: {what}.");
        }
    }

    /// <summary>Lets time pass.</summary>
    public static async Task PassAsync(TimeSpan duration)
    {
        using PeriodicTimer timer = new(duration);
        await timer.WaitForNextTickAsync();
    }
}
