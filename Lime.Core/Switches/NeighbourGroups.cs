using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Makes the groups of a neighbour send to where one of its ports is from now on.</summary>
/// <remarks>A MODIFY makes a group's counters begin anew (1.3.5 section 6.5): they are read just before, and the packets
/// of the time between are not counted. Threading: the owner loop's.</remarks>
internal static class NeighbourGroups
{
    public static async Task MoveAsync(NeighbourEnd end, PortNumber egress, ImmutableArray<PortNumber> ingress)
    {
        Instance instance = end.Instance;
        VirtualSwitch virtualSwitch = instance.VirtualSwitch;
        if (virtualSwitch.Groups.Count == 0 || !instance.Physical.IsConnected) return;
        InstanceMap map = instance.Map.With(end.VirtualPort, new PortPlace(egress, ingress));
        ImmutableArray<ShadowGroup> moving = [.. virtualSwitch.Groups.InOrder.Where(each =>
            !GroupTranslation.Translate(each.Buckets, map)
                .SequenceEqual(GroupTranslation.Translate(each.Buckets, instance.Map)))];
        if (moving.IsEmpty) return;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            await TryRetireAsync(instance, moving);
            foreach (ShadowGroup group in moving)
            {
                instance.Send(default, group.ToGroupMod(GroupModCommand.Modify) with
                {
                    Buckets = GroupTranslation.Translate(group.Buckets, map),
                });
            }
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    /// <summary>Groups move also where a switch doesn't say what they have counted; then that is lost.</summary>
    private static async Task TryRetireAsync(Instance instance, ImmutableArray<ShadowGroup> groups)
    {
        try
        {
            await instance.VirtualSwitch.ResourceCounters.RetireGroupsAsync(instance, groups);
        }
        catch (OpenFlowRequestException)
        {
            return;
        }
    }
}
