namespace Lime.OpenFlow.Channel;

/// <summary>Why a request got no answer.</summary>
public enum RequestFailure
{
    /// <summary>The peer answered with an error.</summary>
    Refused,

    /// <summary>No answer within its time.</summary>
    TimedOut,

    /// <summary>The channel closed, or was not ready.</summary>
    NotConnected,

    /// <summary>The outbox, or the table of pending requests, was full.</summary>
    Overloaded,
}
