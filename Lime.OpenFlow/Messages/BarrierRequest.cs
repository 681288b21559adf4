namespace Lime.OpenFlow.Messages;

/// <summary>Asks for a <see cref="BarrierReply"/> once all before it is done; nothing behind it starts
/// earlier.</summary>
public sealed record BarrierRequest : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.BarrierRequest;
}
