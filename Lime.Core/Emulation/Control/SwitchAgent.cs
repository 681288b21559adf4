using Lime.Core.Emulation.Switching;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>The control half of an emulated switch: takes messages off its channel, does them in order,
/// answers.</summary>
/// <remarks>Life cycle: that of the switch; one channel at a time, the latest. What waits when a channel
/// ends is lost, as it would be in a switch's socket. Threading: the loop's.</remarks>
internal sealed class SwitchAgent : IChannelHandler
{
    private readonly SwitchDatapath _datapath;
    private readonly ControlQueue _queue;
    private readonly MessageAnswers _answers;
    private readonly SwitchOutbox _outbox = new();
    private readonly ControllerSession _session = new();
    private readonly SwitchCommands _commands;
    private readonly Bundles _bundles;
    private OpenFlowChannel? _channel;
    private long _packetInsSent;
    private long _packetInsDropped;

    public SwitchAgent(EmulationContext context, SwitchDatapath datapath)
    {
        _datapath = datapath;
        _commands = new SwitchCommands(datapath);
        _bundles = new Bundles(_commands, datapath.Journal, _outbox);
        _queue = new ControlQueue(context, datapath.Options.FlowModsPerSecond, _bundles.FlowModsOf, Process);
        _answers = new MessageAnswers(context, datapath, _outbox, _session);
        datapath.Pipeline.PacketIn = SendPacketIn;
        datapath.Ports.Changed = (reason, port) =>
        {
            if (_session.Wants(reason))
                _outbox.Send(default, new PortStatus(reason, port.DescriptionFor(datapath.Traits)));
        };
        datapath.Removed = (entry, reason) =>
        {
            if (entry.ReportsRemoval && _session.Wants(reason))
                _outbox.Send(default, entry.ToFlowRemoved(reason, context.NowTicks));
        };
    }

    public bool IsConnected => _channel is { IsReady: true };

    public SwitchCounters Counters => new()
    {
        FlowModsApplied = _commands.FlowModsApplied,
        FlowModsRefused = _commands.FlowModsRefused,
        PacketOutsApplied = _commands.PacketOutsApplied,
        PacketInsSent = _packetInsSent,
        PacketInsDropped = _packetInsDropped,
        Lookups = _datapath.Tables.LookupCount,
        Matches = _datapath.Tables.MatchedCount,
    };

    public void Stall(bool isStalled) => _queue.Stall(isStalled);

    /// <summary>Makes <paramref name="channel"/> the one that counts; an older one ends.</summary>
    public void Use(OpenFlowChannel channel)
    {
        Disconnect("Another control connection takes its place.");
        _channel = channel;
    }

    public void Disconnect(string detail)
    {
        OpenFlowChannel? channel = _channel;
        Forget();
        channel?.Close(ChannelCloseReason.ClosedByUs, detail);
    }

    public void OnReady(OpenFlowChannel channel)
    {
        if (channel != _channel) return;
        _datapath.Traits = SwitchTraits.Of(channel.Codec!.Semantics);
        _session.Reset();
        _outbox.Open(channel);
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message) =>
        _outbox.Send(xid, new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadType, []));

    public void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message) => Submit(
        channel,
        new QueuedPacketOut(xid, message.BufferId, message.InPort, message.Actions, message.Data.ToArray()));

    public void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame) =>
        Submit(channel, new QueuedFlowMod(xid, message, FrameQuote.Of(frame)));

    public void OnMessage(
        OpenFlowChannel channel, Xid xid, OpenFlowMessage message, ReadOnlySpan<byte> frame) =>
        Submit(channel, new QueuedMessage(xid, message, FrameQuote.Of(frame)));

    public void OnOutboxDrained(OpenFlowChannel channel)
    {
        if (channel == _channel) _outbox.Drain();
    }

    public void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause)
    {
        if (channel == _channel) Forget();
    }

    private void Forget()
    {
        _channel = null;
        _queue.Clear();
        _bundles.Clear();
        _outbox.Close();
    }

    private void Submit(OpenFlowChannel channel, ControlMessage message)
    {
        if (channel != _channel) return;
        if (_queue.Count < _datapath.Options.ControlQueueMax) _queue.Submit(message);
        else Disconnect($"More than {_datapath.Options.ControlQueueMax} control messages wait.");
    }

    private void Process(ControlMessage message)
    {
        if (SwitchCommands.IsCommand(message)) ProcessCommand(message);
        else if (message is QueuedMessage other) ProcessOther(other);
    }

    private void ProcessCommand(ControlMessage message)
    {
        Refusal? refusal = _session.IsSlave
            ? new Refusal(ErrorType.BadRequest, ErrorCodes.IsSlave)
            : _commands.Apply(message);
        if (refusal is { } reason) _outbox.Refuse(message.Xid, reason, QuoteOf(message));
    }

    private void ProcessOther(QueuedMessage message)
    {
        bool isBundle = message.Message is BundleControl or BundleAdd;
        if (isBundle && _session.IsSlave)
            _outbox.Refuse(message.Xid, new Refusal(ErrorType.BadRequest, ErrorCodes.IsSlave), message.Quote);
        else if (message.Message is BundleControl control) _bundles.Answer(message, control);
        else if (message.Message is BundleAdd add) _bundles.Add(message, add);
        else _answers.Answer(message);
    }

    private void SendPacketIn(in PacketIn message)
    {
        if (!_session.Wants(message.Reason)) return;
        if (_channel is not null && _channel.Send(default, message) == SendOutcome.Queued) _packetInsSent++;
        else _packetInsDropped++;
    }

    private byte[] QuoteOf(ControlMessage message) => message switch
    {
        QueuedFlowMod flowMod => flowMod.Quote,
        QueuedPacketOut packetOut => QuoteOf(packetOut),
        QueuedMessage other => other.Quote,
        _ => [],
    };

    /// <summary>A packet-out arrives without its bytes; written again they are the same.</summary>
    private byte[] QuoteOf(QueuedPacketOut message)
    {
        if (_channel?.Codec is not { } codec) return [];
        var packetOut = new PacketOut
        {
            BufferId = message.BufferId,
            InPort = message.InPort,
            Actions = message.Actions,
            Data = message.Frame,
        };
        var frame = new byte[codec.SizeOf(packetOut)];
        codec.Write(frame, message.Xid, packetOut);
        return FrameQuote.Of(frame);
    }
}
