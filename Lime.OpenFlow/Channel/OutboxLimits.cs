namespace Lime.OpenFlow.Channel;

/// <summary>The bounds of an outbox.</summary>
/// <param name="BytesMax">Bytes it holds at most.</param>
/// <param name="FullTimeout">How long it may stay full.</param>
internal readonly record struct OutboxLimits(int BytesMax, TimeSpan FullTimeout);
