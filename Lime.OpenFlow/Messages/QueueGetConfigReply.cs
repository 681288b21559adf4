using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>The queues of a port.</summary>
/// <param name="Port">Which port.</param>
/// <param name="Queues">Its queues.</param>
public sealed record QueueGetConfigReply(PortNumber Port, ImmutableArray<PacketQueue> Queues) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.QueueGetConfigReply;
}
