using System.Buffers.Binary;
using Lime.Core.Emulation.Tables;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Core.Emulation.Control;

/// <summary>Sends what must not get lost: messages that find the channel's outbox full wait here, in
/// order.</summary>
/// <remarks>Threading: the loop's. Bounded: beyond <see cref="UnsentMax"/> the connection ends.</remarks>
internal sealed class SwitchOutbox
{
    private const int UnsentMax = 1_000_000;

    private readonly Queue<(Xid Xid, OpenFlowMessage Message)> _unsent = new();
    private OpenFlowChannel? _channel;

    /// <summary>The codec of the connection; null: there is none.</summary>
    public OpenFlowCodec? Codec => _channel?.Codec;

    public void Open(OpenFlowChannel channel) => _channel = channel;

    public void Close()
    {
        _channel = null;
        _unsent.Clear();
    }

    public void Send(Xid xid, OpenFlowMessage message)
    {
        if (_channel is null) return;
        if (_unsent.Count == 0 && TrySend(_channel, xid, message)) return;
        if (_unsent.Count < UnsentMax) _unsent.Enqueue((xid, message));
        else _channel.Close(ChannelCloseReason.OutboxFull,
            $"More than {UnsentMax} messages wait for the controller.");
    }

    /// <summary>Answers a message with an error; those of bundles are the ONF's own.</summary>
    public void Refuse(Xid xid, Refusal refusal, byte[] quote)
    {
        byte[] vendor = [];
        if (refusal.Type == ErrorType.Experimenter)
        {
            vendor = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(vendor, BundleErrorCodes.Experimenter);
        }
        Send(xid, new ErrorMessage(refusal.Type, refusal.Code, [.. vendor, .. quote]));
    }

    public void Drain()
    {
        while (_channel is not null && _unsent.TryPeek(out (Xid Xid, OpenFlowMessage Message) item))
        {
            if (!TrySend(_channel, item.Xid, item.Message)) return;
            _unsent.TryDequeue(out _);
        }
    }

    /// <returns>False: there is no room now.</returns>
    private static bool TrySend(OpenFlowChannel channel, Xid xid, OpenFlowMessage message)
    {
        try
        {
            return channel.Send(xid, message) != SendOutcome.OutboxFull;
        }
        catch (UnsupportedByVersionException)
        {
            // A rule of a controller of a later version: this one has no words for it.
            return true;
        }
    }
}
