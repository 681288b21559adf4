using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Channel;

/// <summary>A request that waits for its answer.</summary>
/// <remarks>Completions never run inline: an await that began on the owner loop is posted back to it, so
/// nothing re-enters the decode loop, and answers are seen in the order in which they arrived.</remarks>
internal abstract class PendingRequest(Xid xid, OpenFlowMessage request, TimeSpan timeout)
{
    private readonly MessageKind _answerKind = AnswerKindOf(request.Kind);
    private readonly MultipartType? _multipartType = (request as MultipartRequest)?.Type;

    public Xid Xid => xid;

    public TimeSpan Timeout => timeout;

    /// <summary>The last tick at which an answer is in time.</summary>
    public long DeadlineTicks { get; set; }

    /// <summary>Its place among the deadlines.</summary>
    public LinkedListNode<PendingRequest>? Node { get; set; }

    /// <summary>The request's name for a person.</summary>
    public string Name =>
        _multipartType is { } type ? $"{request.Kind} {type} {xid}" : $"{request.Kind} {xid}";

    /// <summary>Whether the message is what this request asked for.</summary>
    public bool IsAnswer(OpenFlowMessage message) => message.Kind == _answerKind
        && (message is not MultipartReply reply || reply.Type == _multipartType);

    /// <summary>Takes an answer.</summary>
    /// <param name="message">What arrived.</param>
    /// <param name="frameBytes">Its size on the wire.</param>
    /// <returns>Whether the request is done.</returns>
    public abstract bool Take(OpenFlowMessage message, int frameBytes);

    public abstract void Fail(OpenFlowRequestException exception);

    /// <summary>The kind of message that answers a request.</summary>
    /// <exception cref="ArgumentException">Nothing answers it.</exception>
    private static MessageKind AnswerKindOf(MessageKind request) => request switch
    {
        MessageKind.EchoRequest => MessageKind.EchoReply,
        MessageKind.FeaturesRequest => MessageKind.FeaturesReply,
        MessageKind.GetConfigRequest => MessageKind.GetConfigReply,
        MessageKind.MultipartRequest => MessageKind.MultipartReply,
        MessageKind.BarrierRequest => MessageKind.BarrierReply,
        MessageKind.QueueGetConfigRequest => MessageKind.QueueGetConfigReply,
        MessageKind.Experimenter => MessageKind.Experimenter,
        MessageKind.RoleRequest => MessageKind.RoleReply,
        MessageKind.GetAsyncRequest => MessageKind.GetAsyncReply,
        MessageKind.BundleControl => MessageKind.BundleControl,
        _ => throw new ArgumentException($"{request} is not a request: nothing answers it.", nameof(request)),
    };
}
