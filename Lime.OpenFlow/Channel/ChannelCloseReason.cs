namespace Lime.OpenFlow.Channel;

/// <summary>The one reason why a channel ended; the first that occurs is kept.</summary>
public enum ChannelCloseReason
{
    /// <summary>We closed it on purpose.</summary>
    ClosedByUs,

    /// <summary>The peer ended its stream between two messages.</summary>
    ClosedByPeer,

    /// <summary>The peer ended its stream within a message.</summary>
    HalfFrame,

    /// <summary>The transport failed (reset, unreachable).</summary>
    TransportFailed,

    /// <summary>Hello, features or their time limit: no usable peer.</summary>
    HandshakeFailed,

    /// <summary>No byte within the echo interval, and none within the echo timeout after we asked.</summary>
    PeerSilent,

    /// <summary>Message boundaries were lost.</summary>
    FramingLost,

    /// <summary>The peer reads so slowly that the outbox reached its bound and stayed there for its time
    /// limit.</summary>
    OutboxFull,

    /// <summary>A handler threw; a defect on our side, logged.</summary>
    HandlerFailed,

    /// <summary>Another connection has the same datapath id and answers, or (of an auxiliary one) the same
    /// auxiliary id and is newer.</summary>
    DuplicateDatapath,

    /// <summary>An auxiliary connection whose switch has no main connection, or no longer (OpenFlow 1.3.5,
    /// "Auxiliary Connections").</summary>
    NoMainConnection,
}
