namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>One part of the answer to a <see cref="MultipartRequest"/> (STATS_REPLY in 1.0).</summary>
/// <param name="Type">What it is about.</param>
public abstract record MultipartReply(MultipartType Type) : OpenFlowMessage
{
    /// <summary>Whether further parts follow under the same xid (OFPSF_REPLY_MORE).</summary>
    public bool HasMore { get; init; }

    /// <inheritdoc/>
    public override MessageKind Kind => MessageKind.MultipartReply;
}
