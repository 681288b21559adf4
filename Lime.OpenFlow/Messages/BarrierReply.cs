namespace Lime.OpenFlow.Messages;

/// <summary>All before the barrier request is done.</summary>
public sealed record BarrierReply : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.BarrierReply;
}
