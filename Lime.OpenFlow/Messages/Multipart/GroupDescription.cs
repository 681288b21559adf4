using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A group (ofp_group_desc).</summary>
/// <param name="Group">Which.</param>
/// <param name="Type">How it uses its buckets.</param>
/// <param name="Buckets">Its buckets.</param>
public sealed record GroupDescription(GroupId Group, GroupType Type, ImmutableArray<GroupBucket> Buckets);
