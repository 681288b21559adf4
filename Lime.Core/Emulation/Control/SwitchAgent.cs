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
    /// <summary>An error quotes at least 64 bytes of the message at fault (OpenFlow 1.0.0 section
    /// 5.4.4).</summary>
    private const int QuoteBytesMax = 128;

    private readonly SwitchDatapath _datapath;
    private readonly ControlQueue _queue;
    private readonly MessageAnswers _answers;
    private readonly SwitchOutbox _outbox = new();
    private OpenFlowChannel? _channel;
    private long _flowModsApplied;
    private long _flowModsRefused;
    private long _packetOutsApplied;
    private long _packetInsSent;
    private long _packetInsDropped;

    public SwitchAgent(EmulationContext context, SwitchDatapath datapath)
    {
        _datapath = datapath;
        _queue = new ControlQueue(context, datapath.Options.FlowModsPerSecond, Process);
        _answers = new MessageAnswers(context, datapath, _outbox);
        datapath.Pipeline.PacketIn = SendPacketIn;
        datapath.Ports.Changed = (reason, port) =>
            _outbox.Send(default, new PortStatus(reason, port.Description));
        datapath.Table.Removed = (entry, reason) =>
        {
            if (entry.ReportsRemoval) _outbox.Send(default, entry.ToFlowRemoved(reason, context.NowTicks));
        };
    }

    public bool IsConnected => _channel is { IsReady: true };

    public SwitchCounters Counters => new()
    {
        FlowModsApplied = _flowModsApplied,
        FlowModsRefused = _flowModsRefused,
        PacketOutsApplied = _packetOutsApplied,
        PacketInsSent = _packetInsSent,
        PacketInsDropped = _packetInsDropped,
        Lookups = _datapath.Table.LookupCount,
        Matches = _datapath.Table.MatchedCount,
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
        if (channel == _channel) _outbox.Open(channel);
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message) =>
        _outbox.Send(xid, new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadType, []));

    public void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message) => Submit(
        channel,
        new QueuedPacketOut(xid, message.BufferId, message.InPort, message.Actions, message.Data.ToArray()));

    public void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame) =>
        Submit(channel, new QueuedFlowMod(xid, message, Quote(frame)));

    public void OnMessage(
        OpenFlowChannel channel, Xid xid, OpenFlowMessage message, ReadOnlySpan<byte> frame) =>
        Submit(channel, new QueuedMessage(xid, message, Quote(frame)));

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
        switch (message)
        {
            case QueuedFlowMod flowMod:
                Process(flowMod);
                break;
            case QueuedPacketOut packetOut:
                Process(packetOut);
                break;
            case QueuedMessage other:
                _answers.Answer(other);
                break;
        }
    }

    private void Process(QueuedFlowMod message)
    {
        Refusal? refusal = _datapath.Apply(message.Mod);
        if (refusal is null)
        {
            _flowModsApplied++;
            return;
        }
        _flowModsRefused++;
        _answers.Refuse(message.Xid, refusal.Value, message.Quote);
    }

    private void Process(QueuedPacketOut message)
    {
        Refusal? refusal = _datapath.SendOut(
            message.BufferId, message.InPort, message.Actions, message.Frame);
        if (refusal is null) _packetOutsApplied++;
        else _answers.Refuse(message.Xid, refusal.Value, Quote(message));
    }

    private void SendPacketIn(in PacketIn message)
    {
        if (_channel is not null && _channel.Send(default, message) == SendOutcome.Queued) _packetInsSent++;
        else _packetInsDropped++;
    }

    private static byte[] Quote(ReadOnlySpan<byte> frame) =>
        frame[..Math.Min(frame.Length, QuoteBytesMax)].ToArray();

    /// <summary>A packet-out arrives without its bytes; written again they are the same.</summary>
    private byte[] Quote(QueuedPacketOut message)
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
        return Quote(frame);
    }
}
