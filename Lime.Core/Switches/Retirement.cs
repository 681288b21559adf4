using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Microsoft.Extensions.Logging;

namespace Lime.Core.Switches;

/// <summary>Takes an instance out of a clone set, so that what it has counted stays counted.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static partial class Retirement
{
    /// <summary>Takes over an instance's counters and leaves the virtual switch to the other one, at one
    /// moment.</summary>
    /// <param name="leaving">The instance that goes; its counters have settled. One that is lost, or doesn't
    /// answer, goes all the same: then what it had counted is lost.</param>
    /// <param name="staying">The instance that stays.</param>
    public static async Task LeaveToAsync(Instance leaving, Instance staying)
    {
        VirtualSwitch virtualSwitch = leaving.VirtualSwitch;
        virtualSwitch.Updates.Carriers.LeaveTo(staying);
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            long beginnings = virtualSwitch.Table.Beginnings;
            Dictionary<FlowRule, FlowCounters> counters = [];
            try
            {
                if (leaving.IsGivenUp)
                    throw new OpenFlowRequestException(RequestFailure.TimedOut, "It doesn't answer.");
                await virtualSwitch.Chassis.RetireAsync(leaving);
                await virtualSwitch.ResourceCounters.RetireAsync(leaving);
                beginnings = virtualSwitch.Table.Beginnings;
                counters = await StatisticsMerge.ReadCountersAsync(leaving);
            }
            catch (OpenFlowRequestException exception)
            {
                // An update under way must not wait for what it had to report.
                leaving.GiveUp();
                LogCountersLost(virtualSwitch.Loop.Logger, leaving.Physical.Name, exception.Message);
            }
            if (virtualSwitch.Mode == CloneMode.Cloned) await virtualSwitch.Updates.PauseAsync();
            Hand(virtualSwitch, staying, counters, beginnings);
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
        await virtualSwitch.Discipline.EndAsync(staying);
        virtualSwitch.Updates.Resume();
    }

    private static void Hand(
        VirtualSwitch virtualSwitch, Instance staying, Dictionary<FlowRule, FlowCounters> counters, long beginnings)
    {
        foreach ((FlowRule rule, FlowCounters counted) in counters)
        {
            bool isSame = !rule.IsRemoved && rule.Beginning <= beginnings;
            if (isSame) rule.Retired += counted;
        }
        virtualSwitch.Live.Clear();
        virtualSwitch.Live.Add(staying);
        virtualSwitch.Follower = null;
        virtualSwitch.Mode = CloneMode.Single;
        virtualSwitch.PortNews.InstancesChanged();
    }

    [LoggerMessage(150, LogLevel.Warning, "{Switch}: what it had counted could not be read any more: {Reason}")]
    private static partial void LogCountersLost(ILogger logger, string @switch, string reason);
}
