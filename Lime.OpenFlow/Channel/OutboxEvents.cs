namespace Lime.OpenFlow.Channel;

/// <summary>What a channel does when something becomes of its outbox.</summary>
internal sealed class OutboxEvents(OpenFlowChannel channel, IChannelHandler handler) : IOutboxOwner
{
    public void OnOutboxDrained()
    {
        if (channel.IsClosed) return;
        try
        {
            handler.OnOutboxDrained(channel);
        }
        catch (Exception exception)
        {
            channel.CloseWith(ChannelCloseReason.HandlerFailed, exception);
        }
    }

    public void OnOutboxStuck() =>
        channel.Close(
            ChannelCloseReason.OutboxFull,
            "The peer reads too slowly: the outbox was full for its time limit.");

    public void OnOutboxFailed(Exception? exception)
    {
        if (exception is null)
            channel.Close(ChannelCloseReason.ClosedByPeer, "The peer takes no more bytes.");
        else channel.CloseWith(ChannelCloseReason.TransportFailed, exception);
    }
}
