namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>Asks for statistics or descriptions (STATS_REQUEST in 1.0).</summary>
/// <param name="Type">What it is about.</param>
public abstract record MultipartRequest(MultipartType Type) : OpenFlowMessage
{
    /// <summary>Whether further parts of the request follow under the same xid (1.3: OFPMPF_REQ_MORE).</summary>
    public bool HasMore { get; init; }

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.MultipartRequest;
}
