using System.Collections.Immutable;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.Core.Rules;

/// <summary>A group of a virtual switch: the app's, as the app gave it.</summary>
/// <remarks>Life cycle: made by an ADD (or found on a switch), changed in place by a MODIFY. Threading: the owner
/// loop's.</remarks>
internal sealed class ShadowGroup(GroupId id)
{
    public GroupId Id { get; } = id;

    public GroupType Type { get; set; }

    /// <summary>In virtual port numbers.</summary>
    public ImmutableArray<GroupBucket> Buckets { get; set; } = [];

    /// <summary>Loop time of its ADD, in ticks.</summary>
    public long InstalledTicks { get; set; }

    /// <summary>Loop time of the last command that changed it, in ticks.</summary>
    public long ChangedTicks { get; set; }

    /// <summary>What instances' entries that are gone had counted; null: nothing.</summary>
    public GroupStatistics? Retired { get; set; }

    /// <summary>Whether its buckets go to a group.</summary>
    public bool Uses(GroupId group) => Buckets.Any(
        each => each.WatchGroup == group || InstructionSet.Uses(each.Actions, group));

    /// <summary>The groups that its buckets go to or watch.</summary>
    public IEnumerable<GroupId> UsedGroups => Buckets.SelectMany(bucket => bucket.Actions
        .Where(action => action.Kind == FlowActionKind.Group).Select(action => new GroupId((uint)action.Value))
        .Concat(bucket.WatchGroup == GroupId.Any ? [] : [bucket.WatchGroup]));

    /// <summary>The command that makes it, in virtual port numbers.</summary>
    public GroupMod ToGroupMod(GroupModCommand command) => new(command, Type, Id, Buckets);
}
