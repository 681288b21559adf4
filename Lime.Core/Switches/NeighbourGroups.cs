using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.Core.Translation;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Makes the groups of a neighbour send to where one of its ports is from now on.</summary>
/// <remarks>Switches differ in whether a modified group goes on counting (1.3.5 section 6.5: the group does, its
/// buckets don't; Open vSwitch begins both anew). So counters are read before and after: what has become less had begun
/// anew, and what it was is kept. Packets of the time between are not counted where it had. Threading: the owner
/// loop's.</remarks>
internal static class NeighbourGroups
{
    public static async Task MoveAsync(NeighbourEnd end, PortPlace place)
    {
        Instance instance = end.Instance;
        VirtualSwitch virtualSwitch = instance.VirtualSwitch;
        if (virtualSwitch.Groups.Count == 0 || !instance.Physical.IsConnected) return;
        InstanceMap map = instance.Map.With(end.VirtualPort, place);
        ImmutableArray<ShadowGroup> moving = [.. virtualSwitch.Groups.InOrder.Where(each =>
            !GroupTranslation.Translate(each.Buckets, map)
                .SequenceEqual(GroupTranslation.Translate(each.Buckets, instance.Map)))];
        if (moving.IsEmpty) return;
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            Dictionary<GroupId, GroupStatistics> before = await TryReadAsync(instance);
            foreach (ShadowGroup group in moving)
            {
                instance.Send(default, group.ToGroupMod(GroupModCommand.Modify) with
                {
                    Buckets = GroupTranslation.Translate(group.Buckets, map),
                });
            }
            await instance.Physical.TryBarrierAsync();
            Dictionary<GroupId, GroupStatistics> after = await TryReadAsync(instance);
            foreach (ShadowGroup group in moving)
            {
                bool isKnown = before.ContainsKey(group.Id) && after.ContainsKey(group.Id);
                if (isKnown) KeepWhatWasLost(group, before[group.Id], after[group.Id]);
            }
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    private static void KeepWhatWasLost(ShadowGroup group, GroupStatistics before, GroupStatistics after)
    {
        bool isAnew = after.PacketCount < before.PacketCount;
        bool areBucketsAnew = Sum(after) < Sum(before);
        group.Retired = ResourceStatistics.Add(group.Retired, new GroupStatistics
        {
            PacketCount = isAnew ? before.PacketCount : 0,
            ByteCount = isAnew ? before.ByteCount : 0,
            Buckets = areBucketsAnew ? before.Buckets : [],
        });
    }

    private static ulong Sum(GroupStatistics group)
    {
        ulong packets = 0;
        foreach (BucketCounter bucket in group.Buckets) packets += bucket.PacketCount;
        return packets;
    }

    /// <summary>Groups move also where a switch doesn't say what they have counted; then that may be lost.</summary>
    private static async Task<Dictionary<GroupId, GroupStatistics>> TryReadAsync(Instance instance)
    {
        try
        {
            return (await ResourceStatistics.ReadGroupsAsync(instance)).ToDictionary(each => each.Group);
        }
        catch (OpenFlowRequestException)
        {
            return [];
        }
    }
}
