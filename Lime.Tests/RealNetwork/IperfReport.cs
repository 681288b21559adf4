using System.Text.Json;

namespace Lime.Tests.RealNetwork;

/// <summary>What a TCP transfer's receiver saw.</summary>
/// <param name="ReceivedBytes">All that arrived.</param>
/// <param name="DurationSeconds">From the first interval to the end of the last.</param>
/// <param name="EmptyIntervalsMax">The longest series of intervals in which nothing
/// arrived.</param>
/// <param name="IntervalMs">How long an interval is.</param>
internal sealed record IperfReport(
    long ReceivedBytes, double DurationSeconds, int EmptyIntervalsMax, int IntervalMs)
{
    public double BytesPerSecond => ReceivedBytes / DurationSeconds;

    /// <summary>The transfer stood still at least so long.</summary>
    public int LongestStallMs => EmptyIntervalsMax * IntervalMs;

    /// <summary>The transfer stood still for less than this, as a stall may begin and end inside an
    /// interval.</summary>
    public int LongestStallMsMax => (EmptyIntervalsMax + 2) * IntervalMs;

    /// <summary>Reads the server's JSON: the client's counts what it handed to its socket, not what
    /// arrived.</summary>
    /// <exception cref="FormatException">No interval is in it: the transfer never
    /// began.</exception>
    public static IperfReport Parse(string json, int intervalMs)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<IntervalSum> intervals = ReadIntervals(document.RootElement, intervalMs);
        if (intervals.Count == 0)
            throw new FormatException($"The transfer has no interval: {json}");
        return new IperfReport(
            intervals.Sum(interval => interval.Bytes),
            intervals.Sum(interval => interval.Seconds),
            LongestEmptySeries(intervals.Select(interval => interval.Bytes)),
            intervalMs);
    }

    /// <remarks>The server repeats the last interval when the client is interrupted, or adds a
    /// stump of one that may well be empty: neither counts.</remarks>
    private static List<IntervalSum> ReadIntervals(
        JsonElement root, int intervalMs) =>
        [.. root.GetProperty("intervals").EnumerateArray()
            .Select(interval => interval.GetProperty("sum"))
            .Select(sum => new IntervalSum(
                sum.GetProperty("start").GetDouble(),
                sum.GetProperty("seconds").GetDouble(),
                sum.GetProperty("bytes").GetInt64()))
            .Where(interval => interval.Seconds * 1000 > intervalMs / 2)
            .DistinctBy(interval => interval.Start)];

    private static int LongestEmptySeries(IEnumerable<long> bytes)
    {
        int longest = 0;
        int current = 0;
        foreach (long count in bytes)
        {
            current = count == 0 ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }
        return longest;
    }

    public override string ToString() =>
        $"{ReceivedBytes} bytes in {DurationSeconds:F1} s ({BytesPerSecond / 1e6:F1} MB/s), " +
        $"longest stall from {LongestStallMs} to {LongestStallMsMax} ms";

    private readonly record struct IntervalSum(double Start, double Seconds, long Bytes);
}
