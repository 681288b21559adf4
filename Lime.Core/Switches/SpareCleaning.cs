using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Empties a switch of all that is found on it: everything there Lime has put there.</summary>
/// <remarks>Behind the fence, so that no packet passes by rules of which the stricter ones are gone already.
/// Threading: the owner loop's.</remarks>
internal static class SpareCleaning
{
    /// <summary>Deletes rules, groups and meters, and sees that they are gone.</summary>
    /// <returns>How many rules.</returns>
    /// <exception cref="OpenFlowRequestException">It does not answer, is not connected, or something is
    /// left.</exception>
    public static async Task<int> EmptyAsync(PhysicalSwitch physical)
    {
        Send(physical, Fence.Rule);
        await physical.BarrierAsync();
        ImmutableArray<FlowStatistics> found = await ReadAsync(physical);
        bool IsToStay(FlowStatistics entry) => entry.Cookie == Fence.Mark || physical.Carrier.IsWanted(entry);
        foreach (FlowStatistics each in found)
        {
            if (!IsToStay(each)) Send(physical, EntryDeletion.Of(each, physical.Semantics));
        }
        if (physical.Semantics.HasGroups) SendToAll(physical);
        await physical.BarrierAsync();
        Send(physical, Fence.Rule with { Command = FlowModCommand.DeleteStrict });
        await physical.BarrierAsync();
        ImmutableArray<FlowStatistics> left = await ReadAsync(physical);
        if (left.Any(each => !physical.Carrier.IsWanted(each)))
            throw new OpenFlowRequestException(RequestFailure.Refused, $"{left.Length} rules are left.");
        return found.Count(each => !IsToStay(each));
    }

    private static void SendToAll(PhysicalSwitch physical)
    {
        if (physical.Channel is not { } channel) return;
        var groups = new GroupMod(GroupModCommand.Delete, default, GroupId.All, []);
        physical.Send(channel.NextXid(), groups);
        if (physical.Semantics.HasMeters)
            physical.Send(channel.NextXid(), new MeterMod(MeterModCommand.Delete, default, MeterId.All, []));
    }

    private static void Send(PhysicalSwitch physical, in FlowMod flowMod)
    {
        if (physical.Channel is { } channel) physical.Send(channel.NextXid(), flowMod);
    }

    private static async Task<ImmutableArray<FlowStatistics>> ReadAsync(PhysicalSwitch physical) =>
        [.. (await physical.RequestAllAsync(new FlowStatisticsRequest(Match.Any, TableId.All, PortNumber.Any)))
            .OfType<FlowStatisticsReply>().SelectMany(part => part.Flows)];
}
