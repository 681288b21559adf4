using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the counters of groups (1.1 and later).</summary>
/// <param name="Group">Which group, or <see cref="GroupId.All"/>.</param>
public sealed record GroupStatisticsRequest(GroupId Group) : MultipartRequest(MultipartType.Group);
