using System.Collections.Immutable;
using Lime.Core.Rules;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Switches;

/// <summary>Answers for the counters of groups and meters: summed over the live instances, with what retired ones
/// had.</summary>
/// <remarks>Reading and retiring exclude one another by the counter gate. Threading: the owner loop's.</remarks>
internal sealed class ResourceStatistics(VirtualSwitch virtualSwitch)
{
    public async Task<ImmutableArray<GroupDescription>> GroupsAsync()
    {
        await virtualSwitch.Updates.EnqueueBarrierIfBusy();
        RequireConnected();
        return [.. virtualSwitch.Groups.InOrder.OrderBy(each => each.Id.Value)
            .Select(each => new GroupDescription(each.Id, each.Type, each.Buckets))];
    }

    public async Task<ImmutableArray<MeterConfiguration>> MetersAsync()
    {
        await virtualSwitch.Updates.EnqueueBarrierIfBusy();
        RequireConnected();
        return [.. virtualSwitch.Meters.InOrder
            .Select(each => new MeterConfiguration(each.Id, each.Flags, each.Bands))];
    }

    public async Task<ImmutableArray<GroupStatistics>> GroupStatisticsAsync(GroupId asked)
    {
        await virtualSwitch.Updates.EnqueueBarrierIfBusy();
        if (!virtualSwitch.Table.Semantics.HasGroups) return [];
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            RequireConnected();
            var sums = new Dictionary<GroupId, GroupStatistics>();
            foreach (Instance instance in virtualSwitch.Live.ToArray())
                AddGroups(sums, await ReadGroupsAsync(instance));
            long now = virtualSwitch.Loop.NowTicks;
            return [.. virtualSwitch.Groups.InOrder.Where(each => asked == GroupId.All || each.Id == asked)
                .OrderBy(each => each.Id.Value)
                .Select(each => Add(each.Retired, sums.GetValueOrDefault(each.Id)) with
                {
                    Group = each.Id,
                    ReferenceCount = CountUsers(each.Id),
                    Duration = TimeSpan.FromTicks(now - each.InstalledTicks),
                })];
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    public async Task<ImmutableArray<MeterStatistics>> MeterStatisticsAsync(MeterId asked)
    {
        await virtualSwitch.Updates.EnqueueBarrierIfBusy();
        if (!virtualSwitch.Table.Semantics.HasMeters) return [];
        await virtualSwitch.CounterGate.EnterAsync();
        try
        {
            RequireConnected();
            var sums = new Dictionary<MeterId, MeterStatistics>();
            foreach (Instance instance in virtualSwitch.Live.ToArray())
                AddMeters(sums, await ReadMetersAsync(instance));
            long now = virtualSwitch.Loop.NowTicks;
            return [.. virtualSwitch.Meters.InOrder.Where(each => asked == MeterId.All || each.Id == asked)
                .Select(each => Add(each.Retired, sums.GetValueOrDefault(each.Id)) with
                {
                    Meter = each.Id,
                    FlowCount = (uint)virtualSwitch.Table.Rules.Count(
                        rule => rule.Instructions.Others.Meter == each.Id),
                    Duration = TimeSpan.FromTicks(now - each.InstalledTicks),
                })];
        }
        finally
        {
            virtualSwitch.CounterGate.Leave();
        }
    }

    /// <summary>An instance's entries are about to go: what they have counted stays part of the answers. The caller
    /// holds the counter gate.</summary>
    public async Task RetireAsync(Instance instance)
    {
        long groupTicks = virtualSwitch.Loop.NowTicks;
        foreach (GroupStatistics each in virtualSwitch.Groups.Count == 0 ? [] : await ReadGroupsAsync(instance))
        {
            if (virtualSwitch.Groups.Find(each.Group) is { } group && group.InstalledTicks <= groupTicks)
                group.Retired = Add(group.Retired, each);
        }
        if (virtualSwitch.Meters.Count == 0) return;
        long readTicks = virtualSwitch.Loop.NowTicks;
        foreach (MeterStatistics each in await ReadMetersAsync(instance))
        {
            if (virtualSwitch.Meters.Find(each.Meter) is { } meter && meter.InstalledTicks <= readTicks)
                meter.Retired = Add(meter.Retired, each);
        }
    }

    private uint CountUsers(GroupId id) =>
        (uint)virtualSwitch.Table.Rules.Count(rule => rule.Instructions.Uses(id))
        + (uint)virtualSwitch.Groups.InOrder.Count(group => group.Uses(id));

    private void RequireConnected()
    {
        if (!virtualSwitch.IsConnected)
            throw new OpenFlowRequestException(RequestFailure.NotConnected, $"{virtualSwitch.Name} is not connected.");
    }

    public static async Task<IEnumerable<GroupStatistics>> ReadGroupsAsync(Instance instance)
    {
        IEnumerable<GroupStatistics> found =
            (await instance.Physical.RequestAllAsync(new GroupStatisticsRequest(GroupId.All)))
            .OfType<GroupStatisticsReply>().SelectMany(part => part.Groups);
        if (instance.Ids is not { } ids) return found;
        return found.Where(each => ids.Groups.ToVirtual(each.Group.Value) is not null)
            .Select(each => each with { Group = new GroupId(ids.Groups.ToVirtual(each.Group.Value)!.Value) });
    }

    public static async Task<IEnumerable<MeterStatistics>> ReadMetersAsync(Instance instance)
    {
        IEnumerable<MeterStatistics> found =
            (await instance.Physical.RequestAllAsync(new MeterStatisticsRequest(MeterId.All)))
            .OfType<MeterStatisticsReply>().SelectMany(part => part.Meters);
        if (instance.Ids is not { } ids) return found;
        return found.Where(each => ids.Meters.ToVirtual(each.Meter.Value) is not null)
            .Select(each => each with { Meter = new MeterId(ids.Meters.ToVirtual(each.Meter.Value)!.Value) });
    }

    private static void AddGroups(Dictionary<GroupId, GroupStatistics> sums, IEnumerable<GroupStatistics> found)
    {
        foreach (GroupStatistics each in found) sums[each.Group] = Add(sums.GetValueOrDefault(each.Group), each);
    }

    private static void AddMeters(Dictionary<MeterId, MeterStatistics> sums, IEnumerable<MeterStatistics> found)
    {
        foreach (MeterStatistics each in found) sums[each.Meter] = Add(sums.GetValueOrDefault(each.Meter), each);
    }

    /// <summary>The sum of two readings; null: none.</summary>
    public static GroupStatistics Add(GroupStatistics? a, GroupStatistics? b)
    {
        if (a is null || b is null) return a ?? b ?? new GroupStatistics();
        return a with
        {
            PacketCount = a.PacketCount + b.PacketCount,
            ByteCount = a.ByteCount + b.ByteCount,
            Buckets = Add(a.Buckets, b.Buckets),
        };
    }

    /// <summary>The sum of two readings; null: none.</summary>
    public static MeterStatistics Add(MeterStatistics? a, MeterStatistics? b)
    {
        if (a is null || b is null) return a ?? b ?? new MeterStatistics();
        return a with
        {
            PacketCount = a.PacketCount + b.PacketCount,
            ByteCount = a.ByteCount + b.ByteCount,
            Bands = Add(a.Bands, b.Bands),
        };
    }

    private static ImmutableArray<BucketCounter> Add(ImmutableArray<BucketCounter> a, ImmutableArray<BucketCounter> b)
    {
        if (a.Length != b.Length) return a.Length > b.Length ? a : b;
        return [.. a.Zip(b, (first, second) => new BucketCounter(
            first.PacketCount + second.PacketCount, first.ByteCount + second.ByteCount))];
    }
}
