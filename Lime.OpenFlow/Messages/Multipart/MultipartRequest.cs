namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for statistics or descriptions (STATS_REQUEST in 1.0).</summary>
/// <param name="Type">What it is about.</param>
public abstract record MultipartRequest(MultipartType Type) : OpenFlowMessage
{
    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.MultipartRequest;
}
