namespace Lime.OpenFlow.Wire;

/// <summary>Durations as on the wire: seconds, then nanoseconds beyond them; ours count 100 ns.</summary>
internal static class WireDuration
{
    private const int NanosecondsPerTick = 100;
    private const long TicksMax = (uint.MaxValue * TimeSpan.TicksPerSecond) + (TimeSpan.TicksPerSecond - 1);

    public static void Check(TimeSpan duration, OpenFlowVersion version, string field)
    {
        if (duration.Ticks is < 0 or > TicksMax) throw new UnsupportedByVersionException(version, field);
    }

    public static TimeSpan Read(ref WireReader reader)
    {
        long seconds = reader.ReadUInt32("duration_sec");
        long nanoseconds = reader.ReadUInt32("duration_nsec");
        long ticks = (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / NanosecondsPerTick);
        return new TimeSpan(Math.Min(ticks, TicksMax));
    }

    public static void Write(ref WireWriter writer, TimeSpan duration)
    {
        writer.WriteUInt32((uint)(duration.Ticks / TimeSpan.TicksPerSecond));
        writer.WriteUInt32((uint)(duration.Ticks % TimeSpan.TicksPerSecond) * NanosecondsPerTick);
    }
}
