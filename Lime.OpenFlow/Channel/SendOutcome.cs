namespace Lime.OpenFlow.Channel;

/// <summary>What became of a message given to a channel.</summary>
public enum SendOutcome
{
    /// <summary>It is in the outbox and leaves with the next flush.</summary>
    Queued,

    /// <summary>The outbox is at its bound: nothing was taken; try again when the channel reports that it
    /// drained.</summary>
    OutboxFull,

    /// <summary>The channel is closed or not ready yet: nothing was taken.</summary>
    NotConnected,
}
