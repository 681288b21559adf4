using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>The ports (1.3).</summary>
/// <param name="Ports">One entry a port.</param>
public sealed record PortDescriptionReply(ImmutableArray<PortDescription> Ports)
    : MultipartReply(MultipartType.PortDescription);
