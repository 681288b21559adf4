namespace Lime.Core.Switches;

/// <summary>So many a second, and no more than that at once.</summary>
/// <remarks>Threading: the owner loop's, but for <see cref="Dropped"/>.</remarks>
internal sealed class RateQuota(int perSecond)
{
    private readonly long _interval = TimeSpan.TicksPerSecond / perSecond;
    private long _paidUntilTicks = long.MinValue;
    private long _dropped;

    /// <summary>Null: as many as there are.</summary>
    public static RateQuota? Of(int? perSecond) => perSecond is { } rate ? new RateQuota(rate) : null;

    /// <summary>How many were too many.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Counts one.</summary>
    /// <returns>False if it is too many.</returns>
    public bool TryTake(long nowTicks)
    {
        long paidUntil = Math.Max(_paidUntilTicks, nowTicks) + _interval;
        if (paidUntil - nowTicks > TimeSpan.TicksPerSecond)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            return false;
        }
        _paidUntilTicks = paidUntil;
        return true;
    }
}
