using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>An answer of a type that this library doesn't know, kept byte for byte.</summary>
/// <param name="Type">The type's number.</param>
/// <param name="Bytes">The body.</param>
public sealed record OpaqueMultipartReply(MultipartType Type, ImmutableArray<byte> Bytes) : MultipartReply(Type);
