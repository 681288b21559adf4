using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages;

/// <summary>A vendor's message, kept byte for byte.</summary>
/// <param name="Experimenter">The vendor's number.</param>
/// <param name="Bytes">What follows the number.</param>
public sealed record ExperimenterMessage(uint Experimenter, ImmutableArray<byte> Bytes) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.Experimenter;
}
