using Lime.Core.Migration;

namespace Lime.Benchmarks.Migration;

/// <summary>How long turns of a loop take: so long may a packet wait besides.</summary>
/// <remarks>In processor time of the process, so that what else the machine does is not counted; collections of garbage
/// and the runtime's compiling are.</remarks>
internal sealed class TurnTimes
{
    /// <summary>The longest that a migration may hold up packets.</summary>
    private const double LongMin = 5;

    private TimeSpan _last = Environment.CpuUsage.TotalTime;

    public double MsMax { get; private set; }

    public string MaxPhase { get; private set; } = "";

    public int LongCount { get; private set; }

    public double LongMs { get; private set; }

    /// <summary>The loop's turns begin, after others have worked.</summary>
    public void Begins() => _last = Environment.CpuUsage.TotalTime;

    /// <summary>A turn is over; the next one begins.</summary>
    public void Ended(MigrationPhase phase)
    {
        TimeSpan now = Environment.CpuUsage.TotalTime;
        double ms = (now - _last).TotalMilliseconds;
        _last = now;
        if (ms > MsMax) (MsMax, MaxPhase) = (ms, phase.ToString());
        if (ms <= LongMin) return;
        LongCount++;
        LongMs += ms;
    }
}
