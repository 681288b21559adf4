namespace Lime.Tests.RealNetwork;

/// <summary>The real ping, 1,000 times a second from one host to another, until it is
/// stopped.</summary>
/// <remarks>
/// Life cycle: pings from <see cref="StartAsync"/> until <see cref="StopAsync"/> or
/// <see cref="Dispose"/>. Ping waits 10 ms for an answer that is due before it sends the next, so
/// alone it would slow down to 100 packets a second exactly while packets are lost; the preload
/// allows it to catch up, so the rate stays.
/// </remarks>
internal sealed class PingRun : IDisposable
{
    private const int PreloadCount = 20;

    /// <summary>What the last counted answer may take: far above any round trip seen on a loaded
    /// machine.</summary>
    private const int AnswerTimeoutMs = 500;

    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    private readonly RunningProcess _ping;

    private PingRun(RunningProcess ping) => _ping = ping;

    /// <summary>Starts it and waits for the first answers: from then on traffic flows.</summary>
    /// <exception cref="TimeoutException">No answers came in 10 s.</exception>
    public static async Task<PingRun> StartAsync(RealHost from, RealHost to)
    {
        PingRun run = new(from.Namespace.Start(
            [.. Priority.High, "ping", "-n", "-D", "-i", "0.001", "-l", $"{PreloadCount}", $"{to.Address}"]));
        try
        {
            await run.WaitForAnswersAsync(2 * PreloadCount);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Pings for so long, then reports.</summary>
    public static async Task<PingReport> RunAsync(RealHost from, RealHost to, TimeSpan duration)
    {
        using PingRun run = await StartAsync(from, to);
        await run.ContinueForAsync(duration);
        return await run.StopAsync();
    }

    /// <summary>Waits until so many answers have come since the start.</summary>
    public Task WaitForAnswersAsync(int answerCount) =>
        _ping.WaitForLinesAsync(answerCount + 1, EndTimeout);

    /// <summary>Lets it ping for so long.</summary>
    /// <exception cref="InvalidOperationException">Ping ended by itself.</exception>
    public async Task ContinueForAsync(TimeSpan duration)
    {
        if (!await _ping.HasEndedWithinAsync(duration))
            return;
        CommandResult result = _ping.Finish(EndTimeout);
        throw new InvalidOperationException($"Ping ended by itself: {result.Error}{result.Output}");
    }

    /// <summary>Reports on all pings sent up to this call; it goes on for half a second, so that
    /// each of them had the time to be answered.</summary>
    public async Task<PingReport> StopAsync()
    {
        double windowEndMs = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        await ContinueForAsync(TimeSpan.FromMilliseconds(AnswerTimeoutMs));
        _ping.Interrupt();
        CommandResult result = _ping.Finish(EndTimeout);
        return PingLog.Read(result.Output, windowEndMs, tailCountMax: AnswerTimeoutMs + PreloadCount);
    }

    public void Dispose() => _ping.Dispose();
}
