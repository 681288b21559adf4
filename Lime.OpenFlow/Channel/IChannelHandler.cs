using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Channel;

/// <summary>Receives what a channel's peer says, one call a message, in order.</summary>
/// <remarks>Threading: called where the channel's reader runs (the pipe's reader scheduler), never two calls
/// at once. Hello, echo, features during the handshake, and answers to requests are the channel's own and
/// don't arrive here. An exception out of a handler ends the channel with
/// <see cref="ChannelCloseReason.HandlerFailed"/>.</remarks>
public interface IChannelHandler
{
    /// <summary>The handshake is done; as a controller <see cref="OpenFlowChannel.Features"/> is
    /// set.</summary>
    void OnReady(OpenFlowChannel channel);

    /// <summary>A packet-in; the view is valid until the call returns.</summary>
    void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message);

    /// <summary>A packet-out; the view is valid until the call returns.</summary>
    void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message);

    /// <summary>A flow-mod, with the frame it came in, which an error has to quote.</summary>
    void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame);

    /// <summary>Any other message, with the frame it came in.</summary>
    void OnMessage(OpenFlowChannel channel, Xid xid, OpenFlowMessage message, ReadOnlySpan<byte> frame);

    /// <summary>An outbox that was full has room again.</summary>
    void OnOutboxDrained(OpenFlowChannel channel);

    /// <summary>The channel has ended; the last call. Also called when the handshake never
    /// finished.</summary>
    void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause);
}
