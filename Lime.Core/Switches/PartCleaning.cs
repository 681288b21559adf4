using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Empties a part of a shared switch of all that is found at its ports, and of its groups and meters; other
/// virtual switches' packets and rules are not touched.</summary>
/// <remarks>Behind a fence at its ports, as <see cref="SpareCleaning"/>. Threading: the owner loop's.</remarks>
internal static class PartCleaning
{
    /// <summary>Deletes rules, groups and meters, and sees that the rules are gone.</summary>
    /// <returns>How many rules.</returns>
    /// <exception cref="OpenFlowRequestException">It does not answer, is not connected, or something is
    /// left.</exception>
    public static async Task<int> EmptyAsync(Instance part)
    {
        PhysicalSwitch physical = part.Physical;
        foreach (FlowMod rule in Fence.Everywhere(part)) part.Send(default, rule);
        await physical.BarrierAsync();
        FlowStatistics[] found = [.. (await InstanceReading.FlowsAsync(part)).Where(IsNotFence)];
        foreach (FlowStatistics each in found) part.Send(default, EntryDeletion.Of(each, physical.Semantics));
        await physical.BarrierAsync();
        foreach (uint each in part.Ids!.Groups.All)
            part.Send(default, new GroupMod(GroupModCommand.Delete, default, new GroupId(each), []));
        foreach (uint each in part.Ids.Meters.All)
            part.Send(default, new MeterMod(MeterModCommand.Delete, default, new MeterId(each), []));
        Fence.TakeAway(part);
        await physical.BarrierAsync();
        int left = (await InstanceReading.FlowsAsync(part)).Count();
        if (left > 0) throw new OpenFlowRequestException(RequestFailure.Refused, $"{left} rules are left.");
        return found.Length;
    }

    private static bool IsNotFence(FlowStatistics entry) => entry.Cookie != Fence.Mark;
}
