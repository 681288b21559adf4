using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the counters of ports.</summary>
/// <param name="Port">Which port, or <see cref="PortNumber.Any"/> for all.</param>
public sealed record PortStatisticsRequest(PortNumber Port) : MultipartRequest(MultipartType.PortStatistics);
