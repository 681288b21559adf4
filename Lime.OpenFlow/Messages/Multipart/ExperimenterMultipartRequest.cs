using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A vendor's request, kept byte for byte.</summary>
/// <param name="Experimenter">The vendor's number.</param>
/// <param name="Bytes">What follows the number.</param>
public sealed record ExperimenterMultipartRequest(uint Experimenter, ImmutableArray<byte> Bytes)
    : MultipartRequest(MultipartType.Experimenter);
