using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Changes a group (ofp_group_mod, 1.3.5 section 7.3.4.2).</summary>
/// <param name="Command">What to do.</param>
/// <param name="Type">How the group uses its buckets.</param>
/// <param name="Group">Which group; <see cref="GroupId.All"/>, in a delete: every one.</param>
/// <param name="Buckets">The new buckets; none in a delete.</param>
public sealed record GroupMod(
    GroupModCommand Command,
    GroupType Type,
    GroupId Group,
    ImmutableArray<GroupBucket> Buckets) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.GroupMod;
}
