namespace Lime.OpenFlow.Messages;

/// <summary>Asks a switch for its <see cref="GetAsyncReply"/> (1.3).</summary>
public sealed record GetAsyncRequest : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.GetAsyncRequest;
}
