using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>Decodes the frames of a ready channel and calls whom they are for.</summary>
/// <remarks>A decoding error costs one message; an exception out of the handler goes up and costs the
/// channel, so nothing of the handler runs inside the try blocks here. Threading: the owner loop
/// only.</remarks>
internal sealed class FrameDispatcher(
    OpenFlowChannel channel,
    IChannelHandler handler,
    PendingRequests requests,
    ChannelParts parts)
{
    /// <summary>The xid of our latest echo request.</summary>
    public Xid EchoXid { get; set; }

    public void Take(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        if (FrameFields.VersionOf(frame) != (byte)codec.Version)
        {
            // A hello may carry another version; a second one changes nothing.
            if (FrameFields.TypeOf(frame) != FrameFields.HelloType) parts.Refusal.RefuseVersion(codec, frame);
            return;
        }
        switch (codec.KindOf(FrameFields.TypeOf(frame)))
        {
            case MessageKind.PacketIn:
                TakePacketIn(codec, frame);
                break;
            case MessageKind.FlowMod:
                TakeFlowMod(codec, frame);
                break;
            case MessageKind.PacketOut:
                TakePacketOut(codec, frame);
                break;
            default:
                TakeMessage(codec, frame);
                break;
        }
    }

    private void TakePacketIn(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        PacketIn message;
        try
        {
            message = codec.ReadPacketIn(frame);
        }
        catch (OpenFlowProtocolException exception)
        {
            parts.Refusal.Refuse(codec, frame, exception);
            return;
        }
        handler.OnPacketIn(channel, FrameFields.XidOf(frame), in message);
    }

    private void TakePacketOut(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        PacketOut message;
        try
        {
            message = codec.ReadPacketOut(frame);
        }
        catch (OpenFlowProtocolException exception)
        {
            parts.Refusal.Refuse(codec, frame, exception);
            return;
        }
        handler.OnPacketOut(channel, FrameFields.XidOf(frame), in message);
    }

    private void TakeFlowMod(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        FlowMod message;
        try
        {
            message = codec.ReadFlowMod(frame);
        }
        catch (OpenFlowProtocolException exception)
        {
            parts.Refusal.Refuse(codec, frame, exception);
            return;
        }
        handler.OnFlowMod(channel, FrameFields.XidOf(frame), in message, frame);
    }

    private void TakeMessage(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        OpenFlowMessage message;
        try
        {
            message = codec.ReadMessage(frame);
        }
        catch (OpenFlowProtocolException exception)
        {
            parts.Refusal.Refuse(codec, frame, exception);
            return;
        }
        Xid xid = FrameFields.XidOf(frame);
        if (!TakeOwn(codec, xid, message, frame.Length)) handler.OnMessage(channel, xid, message, frame);
    }

    /// <returns>Whether the message is the channel's own.</returns>
    private bool TakeOwn(OpenFlowCodec codec, Xid xid, OpenFlowMessage message, int frameBytes)
    {
        switch (message)
        {
            case HelloMessage:
                return true;
            case EchoRequest echo:
                channel.SendOwn(codec, xid, new EchoReply(echo.Bytes));
                return true;
            case ErrorMessage error:
                return requests.TryRefuse(xid, error);
            case ExperimenterMessage or RoleReply or GetAsyncReply or BundleControl:
                return requests.TryTake(xid, message, frameBytes);
        }
        if (!IsAnswer(message.Kind)) return false;
        bool isKnown = requests.TryTake(xid, message, frameBytes)
            || (message.Kind == MessageKind.EchoReply && xid == EchoXid);
        if (!isKnown) parts.Tally.UnknownXidArrived();
        return true;
    }

    private static bool IsAnswer(MessageKind kind) => kind is MessageKind.EchoReply
        or MessageKind.FeaturesReply
        or MessageKind.GetConfigReply
        or MessageKind.MultipartReply
        or MessageKind.BarrierReply
        or MessageKind.QueueGetConfigReply;
}
