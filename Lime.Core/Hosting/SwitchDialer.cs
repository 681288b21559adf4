using System.IO.Pipelines;
using System.Net;
using Lime.OpenFlow.Channel;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Hosting;

/// <summary>Connects to one switch that listens, and again whenever the connection ends.</summary>
/// <remarks>Life cycle: <see cref="RunAsync"/> once, until it is cancelled. Threading: the owner loop's; what the
/// line connects by may complete anywhere.</remarks>
internal sealed partial class SwitchDialer(EndPoint remote, DialerLine line, Backoff backoff, ILogger logger)
{
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            string ending = await ConnectOnceAsync(stop);
            if (stop.IsCancellationRequested) return;
            TimeSpan wait = backoff.Next();
            LogEnded(logger, remote, ending, wait.TotalSeconds);
            await line.WaitAsync(wait, stop).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <returns>Why there is no connection any more.</returns>
    private async Task<string> ConnectOnceAsync(CancellationToken stop)
    {
        IDuplexPipe transport;
        try
        {
            transport = await line.ConnectAsync(remote, stop);
        }
        catch (Exception exception)
        {
            // Whatever it was (refused, unreachable, no such name, no more sockets): the next attempt may do better.
            return $"no connection: {exception.Message}";
        }
        LogConnected(logger, remote);
        (ChannelCloseCause cause, bool wasReady) = await line.ServeAsync(transport);
        if (wasReady) backoff.Reset();
        return cause.ToString();
    }

    [LoggerMessage(132, LogLevel.Information, "Connected to {Remote}, which listens.")]
    private static partial void LogConnected(ILogger logger, EndPoint remote);

    [LoggerMessage(133, LogLevel.Warning, "{Remote}: {Ending} Next attempt in {Seconds:F1} s.")]
    private static partial void LogEnded(ILogger logger, EndPoint remote, string ending, double seconds);
}
