using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The counters of ports.</summary>
/// <param name="Ports">One entry a port.</param>
public sealed record PortStatisticsReply(ImmutableArray<PortStatistics> Ports)
    : MultipartReply(MultipartType.PortStatistics);
