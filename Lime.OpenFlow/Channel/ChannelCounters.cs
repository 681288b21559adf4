namespace Lime.OpenFlow.Channel;

/// <summary>What a channel has counted since it began.</summary>
public readonly record struct ChannelCounters
{
    /// <summary>Messages received.</summary>
    public long MessagesReceived { get; init; }

    /// <summary>Messages put into the outbox.</summary>
    public long MessagesSent { get; init; }

    /// <summary>Bytes received.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes put into the outbox.</summary>
    public long BytesSent { get; init; }

    /// <summary>Flushes of the outbox.</summary>
    public long Flushes { get; init; }

    /// <summary>Malformed messages received.</summary>
    public long MalformedReceived { get; init; }

    /// <summary>Answers whose xid no pending request has (late or never asked for).</summary>
    public long UnknownXids { get; init; }

    /// <summary>Messages dropped because more arrived before the handshake was done than is kept.</summary>
    public long HandshakeDropped { get; init; }
}
