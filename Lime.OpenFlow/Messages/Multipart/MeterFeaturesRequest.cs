namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks what meters the switch can have (1.3).</summary>
public sealed record MeterFeaturesRequest() : MultipartRequest(MultipartType.MeterFeatures);
