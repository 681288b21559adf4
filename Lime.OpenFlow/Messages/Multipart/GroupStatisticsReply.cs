using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The counters of groups.</summary>
/// <param name="Groups">One entry a group.</param>
public sealed record GroupStatisticsReply(ImmutableArray<GroupStatistics> Groups) : MultipartReply(MultipartType.Group);
