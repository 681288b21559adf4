namespace Lime.OpenFlow.Messages;

/// <summary>Asks a switch for its <see cref="FeaturesReply"/>.</summary>
public sealed record FeaturesRequest : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.FeaturesRequest;
}
