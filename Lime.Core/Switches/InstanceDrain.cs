using Lime.OpenFlow.Channel;

namespace Lime.Core.Switches;

/// <summary>Evidence that nothing passes through an instance any more: its counters have stood still for a
/// time.</summary>
/// <remarks>It proves that no packet matched a rule there in that time, if the time is longer than the switch
/// takes to credit counters (Open vSwitch: about 500 ms). A packet that is held for an update may yet leave through the
/// instance, and no counter tells when it does: the time begins anew when the switch has answered behind it. Threading:
/// the owner loop's.</remarks>
internal static class InstanceDrain
{
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes when the instance has been quiet for <paramref name="quietTime"/>.</summary>
    public static async Task AwaitQuietAsync(
        Instance instance, TimeSpan quietTime, LoopAccess loop, CancellationToken cancellationToken)
    {
        if (quietTime <= TimeSpan.Zero) return;
        try
        {
            await WatchAsync(instance, quietTime, loop, cancellationToken);
        }
        catch (OpenFlowRequestException) when (!instance.Physical.IsConnected)
        {
            // Nobody can look any more: what is on its way is given as long.
            await loop.WaitAsync(quietTime, cancellationToken);
        }
    }

    private static async Task WatchAsync(
        Instance instance, TimeSpan quietTime, LoopAccess loop, CancellationToken cancellationToken)
    {
        TimeSpan poll = TimeSpan.FromTicks(Math.Min(PollMax.Ticks, Math.Max(quietTime.Ticks / 4, 1)));
        using var traffic = new TrafficWatch(instance);
        long quietSince = loop.NowTicks;
        await traffic.LookAsync();
        while (loop.NowTicks - quietSince < quietTime.Ticks)
        {
            await loop.WaitAsync(poll, cancellationToken);
            if (await traffic.LookAsync()) quietSince = loop.NowTicks;
        }
    }
}
