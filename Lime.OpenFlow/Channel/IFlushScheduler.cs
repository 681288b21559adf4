namespace Lime.OpenFlow.Channel;

/// <summary>Decides when channels flush: an event loop at the end of each of its turns.</summary>
public interface IFlushScheduler
{
    /// <summary>Asks that <see cref="OpenFlowChannel.Flush"/> be called at the end of the present turn; a
    /// channel asks once until it is flushed.</summary>
    void FlushAtEndOfTurn(OpenFlowChannel channel);
}
