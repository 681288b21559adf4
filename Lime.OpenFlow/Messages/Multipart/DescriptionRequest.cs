namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks what the switch is.</summary>
public sealed record DescriptionRequest() : MultipartRequest(MultipartType.Description);
