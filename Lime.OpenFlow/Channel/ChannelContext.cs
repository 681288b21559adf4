namespace Lime.OpenFlow.Channel;

/// <summary>What a channel is given by whoever runs it.</summary>
/// <param name="Role">Which end we are.</param>
/// <param name="Options">Limits.</param>
/// <param name="Time">Clock and timers; its timers fire where the channel lives.</param>
/// <param name="FlushScheduler">Decides when to flush.</param>
public sealed record ChannelContext(
    ChannelRole Role,
    ChannelOptions Options,
    TimeProvider Time,
    IFlushScheduler FlushScheduler);
