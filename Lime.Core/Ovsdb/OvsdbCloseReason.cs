namespace Lime.Core.Ovsdb;

/// <summary>The one reason why a connection ended; the first that occurs is kept.</summary>
internal enum OvsdbCloseReason
{
    /// <summary>We closed it on purpose.</summary>
    ClosedByUs,

    /// <summary>No connection came about.</summary>
    NotReached,

    /// <summary>The server ended its stream between two messages.</summary>
    ClosedByServer,

    /// <summary>The server ended its stream within a message.</summary>
    HalfMessage,

    /// <summary>The transport failed (reset, unreachable).</summary>
    TransportFailed,

    /// <summary>No byte within the echo interval, and none within the echo timeout after we asked.</summary>
    ServerSilent,

    /// <summary>What came is not what RFC 7047 has a server say, or too large.</summary>
    ProtocolBroken,

    /// <summary>The server takes nothing any more while there is something to send.</summary>
    OutboxStuck,

    /// <summary>The server has no such database, table or column, or refuses to have it watched.</summary>
    SessionRefused,

    /// <summary>Who gets the updates threw; a defect on our side.</summary>
    HandlerFailed,
}
