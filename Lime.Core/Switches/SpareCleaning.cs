using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Empties a spare that was lost before a migration could: what is on it Lime has put
/// there.</summary>
internal static partial class SpareCleaning
{
    public static async Task RunAsync(PhysicalSwitch physical, ILogger logger)
    {
        try
        {
            FlowStatistics[] found = [.. (await physical.RequestAllAsync(
                new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)))
                .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)];
            foreach (FlowStatistics entry in found)
            {
                if (physical.Channel is not { } channel) return;
                physical.Send(channel.NextXid(), EntryDeletion.Of(entry, physical.Semantics));
            }
            await physical.BarrierAsync();
            physical.HasLeftovers = false;
            LogCleaned(logger, physical.Name, found.Length);
        }
        catch (OpenFlowRequestException exception)
        {
            LogNotCleaned(logger, physical.Name, exception.Message);
        }
    }

    [LoggerMessage(140, LogLevel.Information, "{Switch}: {Rules} rules of an unfinished migration were deleted.")]
    private static partial void LogCleaned(ILogger logger, string @switch, int rules);

    [LoggerMessage(141, LogLevel.Warning, "{Switch}: rules of an unfinished migration are left: {Reason}")]
    private static partial void LogNotCleaned(ILogger logger, string @switch, string reason);
}
