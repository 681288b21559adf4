using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Translation;

/// <summary>A group's buckets to an instance's port numbers, and back.</summary>
internal static class GroupTranslation
{
    /// <summary>What the buckets amount to at an instance. A group serves packets from anywhere, so that it can be
    /// translated only where ingress doesn't matter to it (<see cref="DependOnIngress"/>).</summary>
    public static ImmutableArray<GroupBucket> Translate(ImmutableArray<GroupBucket> buckets, InstanceMap map)
    {
        if (map.IsIdentity) return buckets;
        var translated = ImmutableArray.CreateBuilder<GroupBucket>(buckets.Length);
        foreach (GroupBucket bucket in buckets)
        {
            translated.Add(bucket with
            {
                Actions = ActionTranslation.Translate(bucket.Actions, map, PortNumber.Any, PortNumber.Any),
                WatchPort = bucket.WatchPort.IsPhysical && map.PlaceOf(bucket.WatchPort) is { } place
                    ? place.Egress
                    : bucket.WatchPort,
            });
        }
        return translated.MoveToImmutable();
    }

    /// <summary>Whether a group may send packets back where they came from, and what that is differs between
    /// attachments: then no one group does what it should.</summary>
    public static bool DependOnIngress(GroupType type, ImmutableArray<GroupBucket> buckets, InstanceMap map) =>
        type == GroupType.All
            ? buckets.Any(each => ActionTranslation.DependOnIngress(each.Actions, map))
            : buckets.Any(each => each.Actions.Any(IsFlood) && ActionTranslation.DependOnIngress(each.Actions, map));

    /// <summary>The virtual buckets of a group found at an instance.</summary>
    /// <returns>Null if one sends to, or watches, a port that belongs to no virtual one.</returns>
    public static ImmutableArray<GroupBucket>? ToVirtual(ImmutableArray<GroupBucket> buckets, InstanceMap map)
    {
        if (map.IsIdentity) return buckets;
        var inverted = ImmutableArray.CreateBuilder<GroupBucket>(buckets.Length);
        foreach (GroupBucket bucket in buckets)
        {
            ActionList? actions = ActionInversion.ToVirtual(bucket.Actions, map);
            if (actions is null) return null;
            if (!map.TryToVirtual(bucket.WatchPort, out PortNumber watched)) return null;
            inverted.Add(bucket with { Actions = actions, WatchPort = watched });
        }
        return inverted.MoveToImmutable();
    }

    private static bool IsFlood(FlowAction action) => action.Kind == FlowActionKind.Output
        && (action.Port == PortNumber.Flood || action.Port == PortNumber.All || action.Port == PortNumber.InPort);
}
