namespace Lime.OpenFlow.Channel;

/// <summary>The parts of a channel that its handshake and its dispatch share.</summary>
internal sealed record ChannelParts(
    ChannelRole Role,
    ChannelClock Clock,
    ChannelTally Tally,
    FrameRefusal Refusal);
