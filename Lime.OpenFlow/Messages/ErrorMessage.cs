using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages;

/// <summary>Says that a message was refused, and why.</summary>
/// <param name="Type">What kind of message or part of it was refused.</param>
/// <param name="Code">Why, within the type.</param>
/// <param name="Bytes">At least the first 64 bytes of the message refused; for a failed hello a readable
/// text.</param>
public sealed record ErrorMessage(ErrorType Type, ushort Code, ImmutableArray<byte> Bytes) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Error;
}
