using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>One negotiated OpenFlow connection over a pair of pipes.</summary>
/// <remarks>
/// Life cycle: <see cref="RunAsync"/> once, which sends our hello; ready when the peer's hello (as a
/// controller: its features and, from 1.3 on, its port descriptions) arrived; closed for one cause, the
/// first that occurs; then both pipe ends are
/// completed, the transport is disposed if it can be, and <see cref="IChannelHandler.OnClosed"/> is the
/// last call.
/// Threading: everything, <see cref="RunAsync"/> included, is called on the owner loop, which is also the
/// scheduler of the transport's reader and writer, where timers of the <see cref="ChannelContext.Time"/>
/// fire, and whose <see cref="SynchronizationContext"/> is current there. Answers to requests complete
/// asynchronously: an await on the owner loop continues there, after the handler's present call, in order
/// of the answers' arrival; with <c>ConfigureAwait(false)</c> it would continue on the thread pool. Only
/// <see cref="Counters"/> may be read elsewhere.
/// In steady state nothing is allocated per packet-in, packet-out or flow-mod, received or sent.
/// </remarks>
public sealed class OpenFlowChannel
{
    private readonly IDuplexPipe _transport;
    private readonly ChannelContext _context;
    private readonly ChannelTally _tally = new();
    private readonly Outbox _outbox;
    private readonly PendingRequests _requests;
    private readonly KeepAlive _keepAlive;
    private readonly Inbox _inbox;
    private readonly IChannelHandler _handler;
    private ChannelCloseCause? _cause;
    private bool _isStarted;
    private bool _isFlushAsked;

    /// <summary>Whether all of the present read is taken, however full the outbox is.</summary>
    private bool _isReadingOn;

    /// <summary>Creates a channel; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="transport">The bytes; its reader's scheduler is where the channel lives (the owner
    /// loop). The channel owns it: completes both ends, and disposes it if it is
    /// <see cref="IDisposable"/>.</param>
    /// <param name="handler">Receives what the peer says.</param>
    /// <param name="context">Role, limits, clock, flushing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range, or a version has no
    /// codec.</exception>
    public OpenFlowChannel(IDuplexPipe transport, IChannelHandler handler, ChannelContext context)
    {
        ChannelOptions options = context.Options;
        options.Validate();
        _transport = transport;
        _handler = handler;
        _context = context;
        var clock = new ChannelClock(context.Time);
        var limits = new OutboxLimits(options.OutboxBytesMax, options.OutboxFullTimeout);
        _outbox = new Outbox(transport.Output, limits, clock, new OutboxEvents(this, handler));
        _requests = new PendingRequests(clock, options.PendingRequestsMax);
        _keepAlive = new KeepAlive(clock, options, AskEcho, GiveUp);
        var refusal = new FrameRefusal(this, _tally, new ErrorLimiter(clock, options.ErrorsPerSecondMax));
        var parts = new ChannelParts(context.Role, clock, _tally, refusal);
        var handshake = new Handshake(this, context, parts);
        _inbox = new Inbox(this, handshake, new FrameDispatcher(this, handler, _requests, parts), parts);
    }

    /// <summary>The codec of the negotiated version; null before the hello.</summary>
    public OpenFlowCodec? Codec { get; private set; }

    /// <summary>As a controller: who the peer is; null before the handshake is done.</summary>
    public FeaturesReply? Features { get; private set; }

    /// <summary>As a controller: why <see cref="Features"/> lack ports that the switch may have (it refused to
    /// describe them, or described them malformed), for the log; null if they are all there.</summary>
    public string? PortsMissing { get; private set; }

    /// <summary>Whether the handshake is done and the channel not closed.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Counters: messages and bytes both ways, errors, unknown xids.</summary>
    public ChannelCounters Counters => _tally.Snapshot;

    /// <summary>Whether the channel has ended, or is about to.</summary>
    internal bool IsClosed => _cause is not null;

    /// <summary>Whether no further frame is to be taken now: the channel has ended, or what its peer has to be told is
    /// so much that the peer is to wait.</summary>
    internal bool IsToPause => IsClosed || (_outbox.IsCrowded && !_isReadingOn);

    /// <summary>Runs the connection until it ends; never throws for what the peer or the transport
    /// do.</summary>
    /// <param name="cancellationToken">Closes the channel with
    /// <see cref="ChannelCloseReason.ClosedByUs"/>.</param>
    /// <exception cref="InvalidOperationException">It ran already.</exception>
    public async Task<ChannelCloseCause> RunAsync(CancellationToken cancellationToken)
    {
        if (_isStarted) throw new InvalidOperationException("A channel runs once.");
        _isStarted = true;
        PipeReader input = _transport.Input;
        using CancellationTokenRegistration cancellation =
            cancellationToken.UnsafeRegister(
                static reader => ((PipeReader)reader!).CancelPendingRead(),
                input);
        if (!IsClosed) _inbox.Begin();
        while (!IsClosed)
        {
            // Awaits are on the pipe only: its scheduler is the loop, wherever this method was called.
            ReadResult result = default;
            try
            {
                if (_outbox.IsCrowded && SynchronizationContext.Current is not null)
                {
                    Flush();
                    await _outbox.RelievedAsync();
                    if (IsClosed) break;
                    _isReadingOn = _outbox.IsCrowded;
                }
                ValueTask<ReadResult> read = input.ReadAsync(CancellationToken.None);
                if (read.IsCompleted && SynchronizationContext.Current is not null)
                {
                    // The peer sends faster than we read: answer it, and let the loop's others have their
                    // turn.
                    Flush();
                    await Task.Yield();
                }
                result = await read.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                CloseWith(ChannelCloseReason.TransportFailed, exception);
                break;
            }
            Take(input, result, cancellationToken);
        }
        return End(input);
    }

    /// <summary>Ends the connection; what is in the outbox is flushed if it can be at once.</summary>
    /// <param name="reason">Why; kept only if nothing ended the channel before.</param>
    /// <param name="detail">One sentence for a person.</param>
    public void Close(ChannelCloseReason reason, string detail) =>
        Close(new ChannelCloseCause(reason, detail));

    /// <summary>A transaction id that no pending request has.</summary>
    public Xid NextXid() => _requests.NextXid();

    /// <summary>Puts a packet-in into the outbox.</summary>
    /// <exception cref="UnsupportedByVersionException">The negotiated version cannot say it.</exception>
    public SendOutcome Send(Xid xid, in PacketIn message)
    {
        if (!IsReady) return SendOutcome.NotConnected;
        int bytes = Codec!.SizeOf(in message);
        if (!_outbox.HasRoom(bytes)) return SendOutcome.OutboxFull;
        return Queued(Codec.Write(_outbox.Reserve(bytes), xid, in message));
    }

    /// <summary>Puts a packet-out into the outbox.</summary>
    /// <exception cref="UnsupportedByVersionException">The negotiated version cannot say it.</exception>
    public SendOutcome Send(Xid xid, in PacketOut message)
    {
        if (!IsReady) return SendOutcome.NotConnected;
        int bytes = Codec!.SizeOf(in message);
        if (!_outbox.HasRoom(bytes)) return SendOutcome.OutboxFull;
        return Queued(Codec.Write(_outbox.Reserve(bytes), xid, in message));
    }

    /// <summary>Puts a flow-mod into the outbox.</summary>
    /// <exception cref="UnsupportedByVersionException">The negotiated version cannot say it.</exception>
    public SendOutcome Send(Xid xid, in FlowMod message) => Send(xid, in message, message.Flags);

    /// <summary>Puts a flow-mod into the outbox with other flags than it has.</summary>
    /// <param name="xid">Its id.</param>
    /// <param name="message">The flow-mod.</param>
    /// <param name="flags">The flags that it is sent with: its own, and others that the version has.</param>
    /// <exception cref="UnsupportedByVersionException">The negotiated version cannot say it.</exception>
    public SendOutcome Send(Xid xid, in FlowMod message, FlowModFlags flags)
    {
        if (!IsReady) return SendOutcome.NotConnected;
        int bytes = Codec!.SizeOf(in message);
        if (!_outbox.HasRoom(bytes)) return SendOutcome.OutboxFull;
        return Queued(Codec.Write(_outbox.Reserve(bytes), xid, in message, bytes, flags));
    }

    /// <summary>Puts a flow-mod into the outbox as a part of a bundle, without a copy of its own (as a
    /// <see cref="BundleAdd"/> has).</summary>
    /// <param name="xid">Of the flow-mod and of the message around it.</param>
    /// <param name="message">The flow-mod.</param>
    /// <param name="bundle">A bundle that was opened.</param>
    /// <param name="flags">Those it was opened with.</param>
    /// <exception cref="UnsupportedByVersionException">The negotiated version cannot say it.</exception>
    public SendOutcome Send(Xid xid, in FlowMod message, BundleId bundle, BundleFlags flags)
    {
        if (!IsReady) return SendOutcome.NotConnected;
        int bytes = Codec!.SizeOfBundled(in message);
        if (!_outbox.HasRoom(bytes)) return SendOutcome.OutboxFull;
        return Queued(Codec.WriteBundled(_outbox.Reserve(bytes), xid, in message, bundle, flags));
    }

    /// <summary>Puts a message into the outbox.</summary>
    /// <exception cref="UnsupportedByVersionException">The negotiated version cannot say it.</exception>
    public SendOutcome Send(Xid xid, OpenFlowMessage message) =>
        IsReady ? Put(Codec!, xid, message) : SendOutcome.NotConnected;

    /// <summary>Sends a request and awaits the message that answers it under the same xid.</summary>
    /// <param name="request">Echo, features, configuration, multipart, barrier, queue, role, async
    /// configuration, bundle control or experimenter request.</param>
    /// <param name="timeout">More than zero; null: <see cref="ChannelOptions.RequestTimeout"/>.</param>
    /// <exception cref="OpenFlowRequestException">Error answer, timeout, closed, outbox or pending
    /// requests full.</exception>
    /// <exception cref="ArgumentException">Thrown at once: not a request, or a timeout that is
    /// none.</exception>
    /// <exception cref="UnsupportedByVersionException">Thrown at once: the negotiated version cannot say
    /// it.</exception>
    public ValueTask<OpenFlowMessage> RequestAsync(OpenFlowMessage request, TimeSpan? timeout = null)
    {
        var pending = new SingleRequest(NextXid(), request, TimeoutOf(timeout));
        Ask(pending, request);
        return new ValueTask<OpenFlowMessage>(pending.Answer);
    }

    /// <summary>Sends a multipart request and awaits all parts of its answer; the timeout restarts with
    /// each part.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">More than zero; null: <see cref="ChannelOptions.RequestTimeout"/>.</param>
    /// <exception cref="OpenFlowRequestException">As for <see cref="RequestAsync"/>; also Overloaded if
    /// the answer is over 65,536 parts or 256 MiB.</exception>
    public ValueTask<ImmutableArray<MultipartReply>> RequestAllAsync(
        MultipartRequest request,
        TimeSpan? timeout = null)
    {
        var pending = new AllPartsRequest(NextXid(), request, TimeoutOf(timeout));
        Ask(pending, request);
        return new ValueTask<ImmutableArray<MultipartReply>>(pending.Answer);
    }

    /// <summary>As <see cref="RequestAllAsync"/>, but hands each part on as it comes, and keeps none: for answers that
    /// may be large.</summary>
    /// <param name="request">The request.</param>
    /// <param name="take">Called on the loop, in order; must not throw, which would cost the channel.</param>
    /// <param name="timeout">More than zero; null: <see cref="ChannelOptions.RequestTimeout"/>.</param>
    /// <exception cref="OpenFlowRequestException">As for <see cref="RequestAsync"/>.</exception>
    public ValueTask RequestPartsAsync(
        MultipartRequest request,
        Action<MultipartReply> take,
        TimeSpan? timeout = null)
    {
        var pending = new AllPartsRequest(NextXid(), request, TimeoutOf(timeout), take);
        Ask(pending, request);
        return new ValueTask(pending.Answer);
    }

    /// <summary>Sends a barrier request and awaits its reply.</summary>
    /// <param name="timeout">More than zero; null: <see cref="ChannelOptions.RequestTimeout"/>.</param>
    /// <exception cref="OpenFlowRequestException">As for <see cref="RequestAsync"/>.</exception>
    public ValueTask BarrierAsync(TimeSpan? timeout = null)
    {
        var request = new BarrierRequest();
        var pending = new SingleRequest(NextXid(), request, TimeoutOf(timeout));
        Ask(pending, request);
        return new ValueTask(pending.Answer);
    }

    /// <summary>Hands the outbox to the transport; the flush scheduler calls it at the end of a
    /// turn.</summary>
    public void Flush()
    {
        _isFlushAsked = false;
        if (!_outbox.HasUnflushed) return;
        _tally.Flushed();
        _outbox.Flush();
    }

    /// <summary>Sends what the channel itself has to say, ready or not; dropped if the outbox is
    /// full.</summary>
    internal void SendOwn(OpenFlowCodec codec, Xid xid, OpenFlowMessage message)
    {
        if (!IsClosed) Put(codec, xid, message);
    }

    internal void SetCodec(OpenFlowCodec codec) => Codec = codec;

    internal void BecomeReady(FeaturesReply? features, string? portsMissing)
    {
        Features = features;
        PortsMissing = portsMissing;
        IsReady = true;
        _keepAlive.Start();
        _handler.OnReady(this);
    }

    internal void CloseWith(ChannelCloseReason reason, Exception exception) =>
        Close(new ChannelCloseCause(reason, $"{exception.GetType().Name}: {exception.Message}")
        {
            Exception = exception,
        });

    private void Close(ChannelCloseCause cause)
    {
        if (IsClosed) return;
        _cause = cause;
        IsReady = false;
        Flush();
        _keepAlive.Stop();
        _inbox.Stop();
        _requests.End(cause);
        _outbox.Relieve();
        _transport.Input.CancelPendingRead();
    }

    private void Take(PipeReader input, ReadResult result, CancellationToken cancellationToken)
    {
        if (_inbox.CountArrived(result.Buffer.Length) > 0) _keepAlive.Heard();
        SequencePosition consumed = result.Buffer.Start;
        // Without a context to come back to nothing can be waited for but the pipe.
        if (SynchronizationContext.Current is null) _isReadingOn = true;
        try
        {
            if (!IsClosed) consumed = _inbox.Take(result.Buffer);
        }
        catch (Exception exception)
        {
            CloseWith(ChannelCloseReason.HandlerFailed, exception);
        }
        // What is left because of a crowded outbox is read again at once.
        input.AdvanceTo(consumed, IsToPause ? consumed : result.Buffer.End);
        bool isLeft = IsToPause;
        _isReadingOn = false;
        if (cancellationToken.IsCancellationRequested) Close(ChannelCloseReason.ClosedByUs, "Cancelled.");
        if (!result.IsCompleted || IsClosed || isLeft) return;
        long bytes = _inbox.LeftoverBytes;
        if (bytes == 0) Close(ChannelCloseReason.ClosedByPeer, "The peer ended the connection.");
        else Close(ChannelCloseReason.HalfFrame, $"The stream ended {bytes} bytes into a message.");
    }

    private ChannelCloseCause End(PipeReader input)
    {
        input.Complete();
        _outbox.End();
        (_transport as IDisposable)?.Dispose();
        _handler.OnClosed(this, _cause!);
        return _cause!;
    }

    private SendOutcome Put(OpenFlowCodec codec, Xid xid, OpenFlowMessage message)
    {
        int bytes = codec.SizeOf(message);
        if (!_outbox.HasRoom(bytes)) return SendOutcome.OutboxFull;
        return Queued(codec.Write(_outbox.Reserve(bytes), xid, message));
    }

    private SendOutcome Queued(int bytes)
    {
        _outbox.Commit(bytes);
        _tally.MessageQueued(bytes);
        if (_isFlushAsked) return SendOutcome.Queued;
        _isFlushAsked = true;
        _context.FlushScheduler.FlushAtEndOfTurn(this);
        return SendOutcome.Queued;
    }

    private void Ask(PendingRequest pending, OpenFlowMessage request)
    {
        SendOutcome outcome = _requests.IsFull ? SendOutcome.OutboxFull : Send(pending.Xid, request);
        if (outcome == SendOutcome.Queued)
        {
            _requests.Add(pending);
            return;
        }
        RequestFailure failure = outcome == SendOutcome.NotConnected
            ? RequestFailure.NotConnected
            : RequestFailure.Overloaded;
        pending.Fail(new OpenFlowRequestException(failure, $"{pending.Name} was not sent: {failure}."));
    }

    private TimeSpan TimeoutOf(TimeSpan? timeout)
    {
        if (timeout is not { } chosen) return _context.Options.RequestTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(chosen, TimeSpan.Zero, nameof(timeout));
        return chosen;
    }

    private void AskEcho()
    {
        Xid xid = NextXid();
        _inbox.EchoXid = xid;
        SendOwn(Codec!, xid, new EchoRequest([]));
    }

    private void GiveUp() => Close(
        ChannelCloseReason.PeerSilent,
        $"No byte for {_context.Options.EchoInterval}, then {_context.Options.EchoTimeout} more.");
}
