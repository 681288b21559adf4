using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the counters of queues.</summary>
/// <param name="Port">Of which port, or <see cref="PortNumber.All"/>.</param>
/// <param name="Queue">Which queue, or <see cref="QueueId.All"/>.</param>
public sealed record QueueStatisticsRequest(PortNumber Port, QueueId Queue) : MultipartRequest(MultipartType.Queue);
