using System.Collections.Immutable;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>A result cut into slices of equal length, for a picture.</summary>
/// <param name="From">When the first begins.</param>
/// <param name="Slice">The length of each.</param>
/// <param name="Slices">Them.</param>
internal sealed record Timeline(TimeSpan From, TimeSpan Slice, ImmutableArray<TimelineSlice> Slices)
{
    /// <summary>Cuts a result.</summary>
    public static Timeline Of(TwoSitesResult result, int count)
    {
        TimeSpan from = result.Steps[0].From;
        TimeSpan slice = (result.Until - from) / count;
        var times = new List<TimeSpan>[count];
        var lost = new int[count];
        var inPauses = new int[count];
        var bytes = new long[count];
        for (int i = 0; i < count; i++) times[i] = [];
        int IndexOf(TimeSpan at) => Math.Clamp((int)((at - from) / slice), 0, count - 1);
        foreach (Request each in result.Requests.Where(each => each.SentAt >= from))
        {
            int index = IndexOf(each.SentAt);
            if (each.Latency is { } latency) times[index].Add(latency);
            else if (result.MeetsPause(each)) inPauses[index]++;
            else lost[index]++;
        }
        foreach (LinkFrame each in result.Frames)
        {
            if (each.At < result.Until) bytes[IndexOf(each.At)] += each.Bytes;
        }
        return new Timeline(from, slice, [.. Enumerable.Range(0, count).Select(i => SliceOf(times[i], i))]);

        TimelineSlice SliceOf(List<TimeSpan> answered, int i)
        {
            answered.Sort();
            return new TimelineSlice(
                answered.Count == 0 ? null : answered[answered.Count / 2], answered.Count == 0 ? null : answered[^1],
                lost[i], inPauses[i])
            {
                BytesPerSecond = bytes[i] / slice.TotalSeconds,
            };
        }
    }
}
