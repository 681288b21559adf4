namespace Lime.OpenFlow.Channel;

/// <summary>Learns what becomes of an outbox.</summary>
internal interface IOutboxOwner
{
    /// <summary>A full outbox has drained to half of its bound.</summary>
    void OnOutboxDrained();

    /// <summary>The outbox has been full for its time limit.</summary>
    void OnOutboxStuck();

    /// <summary>The transport takes no more: it failed, or (no exception) its other end is gone.</summary>
    void OnOutboxFailed(Exception? exception);
}
