using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The counters of meters.</summary>
/// <param name="Meters">One entry a meter.</param>
public sealed record MeterStatisticsReply(ImmutableArray<MeterStatistics> Meters) : MultipartReply(MultipartType.Meter);
