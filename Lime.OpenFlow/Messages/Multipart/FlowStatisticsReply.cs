using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Rules and their counters.</summary>
/// <param name="Flows">One entry a rule.</param>
public sealed record FlowStatisticsReply(ImmutableArray<FlowStatistics> Flows) : MultipartReply(MultipartType.Flow);
