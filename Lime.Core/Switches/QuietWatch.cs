using System.Collections.Immutable;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Waits until nothing at all matches at an instance any more: neither apps' rules nor relays.</summary>
/// <remarks>Threading: the owner loop's.</remarks>
internal static class QuietWatch
{
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes when an instance has been quiet for a time; one that can't be asked is given as
    /// long.</summary>
    public static async Task AwaitAsync(
        Instance instance, TimeSpan quietTime, LoopAccess loop, CancellationToken cancellationToken)
    {
        if (quietTime <= TimeSpan.Zero) return;
        TimeSpan poll = TimeSpan.FromTicks(Math.Min(PollMax.Ticks, Math.Max(quietTime.Ticks / 4, 1)));
        long quietSince = loop.NowTicks;
        ulong? last = await TryReadAsync(instance);
        while (loop.NowTicks - quietSince < quietTime.Ticks)
        {
            await loop.WaitAsync(poll, cancellationToken);
            ulong? now = await TryReadAsync(instance);
            if (now != last) quietSince = loop.NowTicks;
            last = now;
        }
    }

    private static async Task<ulong?> TryReadAsync(Instance instance)
    {
        try
        {
            ImmutableArray<MultipartReply> parts = await instance.Physical.RequestAllAsync(
                new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any));
            return parts.OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)
                .Aggregate(0UL, static (sum, each) => sum + each.PacketCount);
        }
        catch (OpenFlowRequestException)
        {
            return null;
        }
    }
}
