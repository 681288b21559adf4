using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Meters;

/// <summary>Lets through a rate and, after a pause, a burst.</summary>
/// <remarks>Threading: the loop's. Counted in units (bits or packets) times ticks, so that nothing is rounded however
/// often it is asked.</remarks>
internal sealed class TokenBucket
{
    /// <summary>Without a burst size of its own a band may send ahead by the tenth part of a second.</summary>
    private const int DefaultBurstPerSecond = 10;

    /// <summary>A burst has room for an Ethernet frame of 1,522 bytes at least, else nothing would ever pass.</summary>
    private const long BurstBitsMin = 1522 * 8;

    private readonly long _unitsPerSecond;
    private readonly Int128 _most;
    private Int128 _tokens;
    private long _filledTicks;

    private TokenBucket(long unitsPerSecond, long burstUnits, long nowTicks)
    {
        _unitsPerSecond = unitsPerSecond;
        _most = (Int128)burstUnits * TimeSpan.TicksPerSecond;
        _tokens = _most;
        _filledTicks = nowTicks;
    }

    /// <summary>Of a band: rates are in kb/s or packets per second, bursts in kilobits or packets (1.3.5 section
    /// 7.3.4.4).</summary>
    public static TokenBucket For(MeterBand band, MeterFlags flags, long nowTicks)
    {
        bool countsPackets = flags.HasFlag(MeterFlags.PacketsPerSecond);
        long scale = countsPackets ? 1 : 1000;
        long rate = band.Rate * scale;
        bool hasBurst = flags.HasFlag(MeterFlags.Burst) && band.BurstSize > 0;
        long burst = hasBurst ? band.BurstSize * scale : rate / DefaultBurstPerSecond;
        return new TokenBucket(rate, Math.Max(burst, countsPackets ? 1 : BurstBitsMin), nowTicks);
    }

    /// <summary>Takes tokens if there are enough.</summary>
    public bool TryTake(long units, long nowTicks)
    {
        _tokens = Int128.Min(_most, _tokens + ((Int128)(nowTicks - _filledTicks) * _unitsPerSecond));
        _filledTicks = nowTicks;
        Int128 wanted = (Int128)units * TimeSpan.TicksPerSecond;
        if (_tokens < wanted) return false;
        _tokens -= wanted;
        return true;
    }
}
