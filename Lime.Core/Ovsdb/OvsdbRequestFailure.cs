namespace Lime.Core.Ovsdb;

/// <summary>Why a request did not get what it asked for.</summary>
internal enum OvsdbRequestFailure
{
    /// <summary>The server refused it; nothing has changed.</summary>
    Refused,

    /// <summary>No answer in its time; it may have been done.</summary>
    TimedOut,

    /// <summary>There is no connection, or it ended before the answer: the request may have been done.</summary>
    NotConnected,

    /// <summary>Too much waits to be sent or answered; it was not sent.</summary>
    Overloaded,
}
