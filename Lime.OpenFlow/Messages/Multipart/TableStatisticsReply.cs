using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The counters of the tables.</summary>
/// <param name="Tables">One entry a table.</param>
public sealed record TableStatisticsReply(ImmutableArray<TableStatistics> Tables) : MultipartReply(MultipartType.Table);
