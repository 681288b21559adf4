using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages;

/// <summary>Answers an <see cref="EchoRequest"/>.</summary>
/// <param name="Bytes">The bytes of the request.</param>
public sealed record EchoReply(ImmutableArray<byte> Bytes) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.EchoReply;
}
