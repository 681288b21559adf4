namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for the ports (1.3; in 1.0 the features tell them).</summary>
public sealed record PortDescriptionRequest() : MultipartRequest(MultipartType.PortDescription);
