using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A bucket of a group (ofp_bucket).</summary>
/// <param name="Actions">What it does to its packets, as an action set.</param>
public sealed record GroupBucket(ActionList Actions)
{
    /// <summary>Its share in a select group.</summary>
    public ushort Weight { get; init; }

    /// <summary>Fast failover: the port whose state decides whether it is live, or
    /// <see cref="PortNumber.Any"/>.</summary>
    public PortNumber WatchPort { get; init; } = PortNumber.Any;

    /// <summary>Fast failover: the group whose state decides whether it is live, or
    /// <see cref="GroupId.Any"/>.</summary>
    public GroupId WatchGroup { get; init; } = GroupId.Any;
}
