namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks what every group does (1.1 and later).</summary>
public sealed record GroupDescriptionRequest() : MultipartRequest(MultipartType.GroupDescription);
