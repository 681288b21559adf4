using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>What the groups do.</summary>
/// <param name="Groups">One entry a group.</param>
public sealed record GroupDescriptionReply(ImmutableArray<GroupDescription> Groups)
    : MultipartReply(MultipartType.GroupDescription);
