using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The counters of queues.</summary>
/// <param name="Queues">One entry a queue.</param>
public sealed record QueueStatisticsReply(ImmutableArray<QueueStatistics> Queues) : MultipartReply(MultipartType.Queue);
