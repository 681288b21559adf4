using System.Collections.Immutable;

namespace Lime.OpenFlow.Messages;

/// <summary>Asks whether the peer lives.</summary>
/// <param name="Bytes">Comes back as it is.</param>
public sealed record EchoRequest(ImmutableArray<byte> Bytes) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.EchoRequest;
}
