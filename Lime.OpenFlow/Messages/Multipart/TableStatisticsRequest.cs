namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the counters of the tables.</summary>
public sealed record TableStatisticsRequest() : MultipartRequest(MultipartType.Table);
