using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>Sends what must not get lost: messages that find the channel's outbox full wait here, in
/// order.</summary>
/// <remarks>Threading: the loop's. Bounded: beyond <see cref="UnsentMax"/> the connection ends.</remarks>
internal sealed class SwitchOutbox
{
    private const int UnsentMax = 1_000_000;

    private readonly Queue<(Xid Xid, OpenFlowMessage Message)> _unsent = new();
    private OpenFlowChannel? _channel;

    public void Open(OpenFlowChannel channel) => _channel = channel;

    public void Close()
    {
        _channel = null;
        _unsent.Clear();
    }

    public void Send(Xid xid, OpenFlowMessage message)
    {
        if (_channel is null) return;
        if (_unsent.Count == 0 && _channel.Send(xid, message) != SendOutcome.OutboxFull) return;
        if (_unsent.Count < UnsentMax) _unsent.Enqueue((xid, message));
        else _channel.Close(ChannelCloseReason.OutboxFull,
            $"More than {UnsentMax} messages wait for the controller.");
    }

    public void Drain()
    {
        while (_channel is not null && _unsent.TryPeek(out (Xid Xid, OpenFlowMessage Message) item))
        {
            if (_channel.Send(item.Xid, item.Message) == SendOutcome.OutboxFull) return;
            _unsent.TryDequeue(out _);
        }
    }
}
