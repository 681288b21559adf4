using System.Collections.Immutable;
using System.IO.Pipelines;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>One negotiated OpenFlow connection over a pair of pipes.</summary>
public sealed class OpenFlowChannel
{
    /// <summary>Creates a channel; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="transport">The bytes; its reader's scheduler is where the channel lives (the owner loop).</param>
    /// <param name="handler">Receives what the peer says.</param>
    /// <param name="context">Role, limits, clock, flushing.</param>
    public OpenFlowChannel(IDuplexPipe transport, IChannelHandler handler, ChannelContext context) => throw new NotImplementedException();

    /// <summary>The codec of the negotiated version; null before the hello.</summary>
    public OpenFlowCodec? Codec => throw new NotImplementedException();

    /// <summary>As a controller: who the peer is; null before the handshake is done.</summary>
    public FeaturesReply? Features => throw new NotImplementedException();

    /// <summary>Whether the handshake is done and the channel not closed.</summary>
    public bool IsReady => throw new NotImplementedException();

    /// <summary>Counters: messages and bytes both ways, errors, unknown xids.</summary>
    public ChannelCounters Counters => throw new NotImplementedException();

    /// <summary>Runs the connection until it ends; never throws for what the peer or the transport do.</summary>
    public Task<ChannelCloseCause> RunAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Ends the connection; what is in the outbox is flushed if it can be at once.</summary>
    public void Close(ChannelCloseReason reason, string detail) => throw new NotImplementedException();

    /// <summary>A transaction id that no pending request has.</summary>
    public Xid NextXid() => throw new NotImplementedException();

    /// <summary>Puts a packet-in into the outbox.</summary>
    public SendOutcome Send(Xid xid, in PacketIn message) => throw new NotImplementedException();

    /// <summary>Puts a packet-out into the outbox.</summary>
    public SendOutcome Send(Xid xid, in PacketOut message) => throw new NotImplementedException();

    /// <summary>Puts a flow-mod into the outbox.</summary>
    public SendOutcome Send(Xid xid, in FlowMod message) => throw new NotImplementedException();

    /// <summary>Puts a message into the outbox.</summary>
    public SendOutcome Send(Xid xid, OpenFlowMessage message) => throw new NotImplementedException();

    /// <summary>Sends a request and awaits the message that answers it under the same xid.</summary>
    /// <exception cref="OpenFlowRequestException">Error answer, timeout, closed, outbox or pending requests full.</exception>
    public ValueTask<OpenFlowMessage> RequestAsync(OpenFlowMessage request, TimeSpan? timeout = null) => throw new NotImplementedException();

    /// <summary>Sends a multipart request and awaits all parts of its answer; the timeout restarts with each part.</summary>
    /// <exception cref="OpenFlowRequestException">As for <see cref="RequestAsync"/>.</exception>
    public ValueTask<ImmutableArray<MultipartReply>> RequestAllAsync(MultipartRequest request, TimeSpan? timeout = null) => throw new NotImplementedException();

    /// <summary>Sends a barrier request and awaits its reply.</summary>
    /// <exception cref="OpenFlowRequestException">As for <see cref="RequestAsync"/>.</exception>
    public ValueTask BarrierAsync(TimeSpan? timeout = null) => throw new NotImplementedException();

    /// <summary>Hands the outbox to the transport; the flush scheduler calls it at the end of a turn.</summary>
    public void Flush() => throw new NotImplementedException();
}
