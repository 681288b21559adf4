namespace Lime.OpenFlow.Messages;

/// <summary>Asks a switch for its <see cref="GetConfigReply"/>.</summary>
public sealed record GetConfigRequest : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.GetConfigRequest;
}
