using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the counters of meters (1.3).</summary>
/// <param name="Meter">Which meter, or <see cref="MeterId.All"/>.</param>
public sealed record MeterStatisticsRequest(MeterId Meter) : MultipartRequest(MultipartType.Meter);
