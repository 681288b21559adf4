namespace Lime.Tests.RealNetwork;

/// <summary>A TCP transfer by iperf3 from one host to another, until it is stopped.</summary>
/// <remarks>Life cycle: transfers from <see cref="Start"/> until <see cref="Stop"/> or
/// <see cref="Dispose"/>. The rate is limited, so that the switches' processors never are: an
/// unlimited transfer fills them, and then drops packets with or without a migration. So is what is
/// sent at once: see <see cref="ReceiveBuffers"/>.</remarks>
internal sealed class IperfRun : IDisposable
{
    /// <summary>The shortest interval that iperf3 reports.</summary>
    private const int IntervalMs = 100;

    private const int Port = 5201;

    /// <summary>One write, in bytes: six frames every 3 ms at the usual rate. Iperf3's own choice of 128 KiB would be
    /// a burst of 90 frames every 50 ms.</summary>
    private const int WriteBytes = 8192;

    /// <summary>A test that forgets to stop ends by itself.</summary>
    private const int DurationSecondsMax = 600;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly RunningProcess _server;
    private readonly RunningProcess _client;

    private IperfRun(RunningProcess server, RunningProcess client)
    {
        _server = server;
        _client = client;
    }

    /// <param name="megabitsPerSecond">The sender's limit; 0 is none.</param>
    public static IperfRun Start(RealHost from, RealHost to, int megabitsPerSecond = 20)
    {
        RunningProcess server = to.Namespace.Start(
            [.. Priority.High, "iperf3", "-s", "-4", "-1", "-J", "-i", "0.1", "-p", $"{Port}"]);
        try
        {
            if (!SpinWait.SpinUntil(() => IsListening(server.Id), Timeout))
                throw new TimeoutException("The iperf3 server does not listen.");
            return new IperfRun(server, from.Namespace.Start(
                [.. Priority.High, "iperf3", "-c", $"{to.Address}", "-4", "-J", "-i", "0.1", "-p", $"{Port}",
                    "-b", $"{megabitsPerSecond}M", "-l", $"{WriteBytes}", "-t", $"{DurationSecondsMax}"]));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Transfers for so long, then reports.</summary>
    public static async Task<IperfReport> RunAsync(RealHost from, RealHost to, TimeSpan duration)
    {
        using IperfRun run = Start(from, to);
        await run.ContinueForAsync(duration);
        return run.Stop();
    }

    /// <summary>Lets it transfer for so long.</summary>
    /// <exception cref="InvalidOperationException">The client ended by itself.</exception>
    public async Task ContinueForAsync(TimeSpan duration)
    {
        if (!await _client.HasEndedWithinAsync(duration))
            return;
        CommandResult result = _client.Finish(Timeout);
        throw new InvalidOperationException($"iperf3 ended by itself: {result.Output}{result.Error}");
    }

    /// <summary>Ends the transfer and reports what the receiver saw.</summary>
    public IperfReport Stop()
    {
        _client.Interrupt();
        _client.Finish(Timeout);
        return IperfReport.Parse(_server.Finish(Timeout).Output, IntervalMs);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    /// <summary>Looks for the port in state LISTEN (0A) in the server's own namespace.</summary>
    private static bool IsListening(int processId) =>
        File.ReadLines($"/proc/{processId}/net/tcp")
            .Any(line => line.Contains($":{Port:X4} 00000000:0000 0A", StringComparison.Ordinal));
}
