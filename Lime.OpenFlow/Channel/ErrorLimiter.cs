namespace Lime.OpenFlow.Channel;

/// <summary>Bounds the errors sent in a second, so that a peer's garbage does not become our flood.</summary>
/// <remarks>Threading: the owner loop only.</remarks>
internal sealed class ErrorLimiter(ChannelClock clock, int errorsPerSecondMax)
{
    private long _secondEndTicks = long.MinValue;
    private int _sentCount;

    /// <returns>Whether one more may be sent in the second that began with the first one.</returns>
    public bool TryTake()
    {
        long now = clock.NowTicks;
        if (now >= _secondEndTicks)
        {
            _secondEndTicks = now + TimeSpan.TicksPerSecond;
            _sentCount = 0;
        }
        if (_sentCount == errorsPerSecondMax) return false;
        _sentCount++;
        return true;
    }
}
