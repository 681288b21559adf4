namespace Lime.OpenFlow.Messages;

/// <summary>Which events the controller is sent (1.3).</summary>
/// <param name="Masks">A bit per reason.</param>
public sealed record GetAsyncReply(AsyncMasks Masks) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.GetAsyncReply;
}
