using Lime.OpenFlow.Channel;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Reads from a switch again, with growing pauses, until it answers or its connection ends: what isn't known
/// of it would forbid migrating it for as long as it stays connected.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static partial class PatientReading
{
    private static readonly TimeSpan WaitMin = TimeSpan.FromSeconds(1);

    /// <summary>A switch that is as busy as that gains nothing from being asked more often.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);

    /// <exception cref="OpenFlowRequestException">The switch refused, or the connection is lost.</exception>
    public static async Task<T> ReadAsync<T>(LoopAccess loop, PhysicalSwitch physical, Func<Task<T>> read)
    {
        OpenFlowChannel? channel = physical.Channel;
        for (TimeSpan wait = WaitMin; ; wait = wait * 2 < WaitMax ? wait * 2 : WaitMax)
        {
            try
            {
                return await read();
            }
            catch (OpenFlowRequestException exception) when (
                exception.Failure == RequestFailure.TimedOut && physical.Channel == channel)
            {
                LogUnanswered(loop.Logger, physical.Name, exception.Message, wait.TotalSeconds);
            }
            await loop.WaitAsync(wait, CancellationToken.None);
            if (physical.Channel != channel)
                throw new OpenFlowRequestException(
                    RequestFailure.NotConnected, $"{physical.Name} lost its connection before it answered.");
        }
    }

    [LoggerMessage(126, LogLevel.Warning, "{Switch}: {Reason} It is asked again in {Seconds:F0} s.")]
    private static partial void LogUnanswered(ILogger logger, string @switch, string reason, double seconds);
}
