namespace Lime.OpenFlow.Channel;

/// <summary>The counters of a channel while it counts.</summary>
/// <remarks>Threading: written on the owner loop; a snapshot taken elsewhere may be a moment old.</remarks>
internal sealed class ChannelTally
{
    private long _messagesReceived;
    private long _messagesSent;
    private long _bytesReceived;
    private long _bytesSent;
    private long _flushes;
    private long _malformed;
    private long _unknownXids;
    private long _handshakeDropped;

    public ChannelCounters Snapshot => new()
    {
        MessagesReceived = _messagesReceived,
        MessagesSent = _messagesSent,
        BytesReceived = _bytesReceived,
        BytesSent = _bytesSent,
        Flushes = _flushes,
        MalformedReceived = _malformed,
        UnknownXids = _unknownXids,
        HandshakeDropped = _handshakeDropped,
    };

    public void BytesArrived(long bytes) => _bytesReceived += bytes;

    public void MessageArrived() => _messagesReceived++;

    public void MessageQueued(int bytes)
    {
        _messagesSent++;
        _bytesSent += bytes;
    }

    public void Flushed() => _flushes++;

    public void MalformedArrived() => _malformed++;

    public void UnknownXidArrived() => _unknownXids++;

    public void DroppedInHandshake() => _handshakeDropped++;
}
