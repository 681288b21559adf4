namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks what groups the switch can have (1.2 and later).</summary>
public sealed record GroupFeaturesRequest() : MultipartRequest(MultipartType.GroupFeatures);
