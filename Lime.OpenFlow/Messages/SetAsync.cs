namespace Lime.OpenFlow.Messages;

/// <summary>Says which events to send to this controller (1.3).</summary>
/// <param name="Masks">A bit per reason.</param>
public sealed record SetAsync(AsyncMasks Masks) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.SetAsync;
}
