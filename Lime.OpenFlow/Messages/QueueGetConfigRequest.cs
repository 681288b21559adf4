using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>Asks for the queues of a port.</summary>
/// <param name="Port">Which port.</param>
public sealed record QueueGetConfigRequest(PortNumber Port) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.QueueGetConfigRequest;
}
