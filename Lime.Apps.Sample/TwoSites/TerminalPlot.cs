using System.Globalization;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Draws a run with characters: latency, losses, and bytes over the link between the sites.</summary>
internal static class TerminalPlot
{
    private const int Columns = 96;
    private const int Rows = 8;
    private const int LabelWidth = 9;
    private const string Bars = " ▁▂▃▄▅▆▇█";

    public static void Write(TwoSitesResult result, TextWriter output)
    {
        Timeline timeline = Timeline.Of(result, Columns);
        double top = Math.Max(1, timeline.Slices.Max(each => each.Max?.TotalMilliseconds ?? 0));
        output.WriteLine("  ms       latency of requests: the middle one (o) and the longest (.) of each slice");
        for (int row = Rows; row >= 1; row--)
        {
            string label = (top * row / Rows).ToString("F0", CultureInfo.InvariantCulture);
            output.WriteLine($"{label,LabelWidth - 2} |{Row(timeline, slice => MarkAt(slice, top, row))}");
        }
        output.WriteLine($"{"lost",LabelWidth - 2} |{Row(timeline, Losses)}  (+ in a host's pause, # otherwise)");
        double most = Math.Max(1, timeline.Slices.Max(each => each.BytesPerSecond));
        output.WriteLine($"{"link",LabelWidth - 2} |{Row(timeline, slice => Bar(slice.BytesPerSecond / most))}  "
            + $"(highest: {(most / 1000).ToString("F0", CultureInfo.InvariantCulture)} kB/s)");
        output.WriteLine($"{"step",LabelWidth - 2} |{Row(timeline, StepMarks(result, timeline))}");
    }

    /// <summary>The letter by which the picture names a step.</summary>
    public static char LetterOf(int step) => (char)('a' + step);

    private static string Row(Timeline timeline, Func<TimelineSlice, char> mark) =>
        string.Concat(timeline.Slices.Select(mark));

    private static char MarkAt(TimelineSlice slice, double top, int row)
    {
        if (RowOf(slice.Median, top) == row) return 'o';
        return RowOf(slice.Max, top) == row ? '.' : ' ';
    }

    private static int RowOf(TimeSpan? time, double top) =>
        time is { } known ? Math.Clamp((int)Math.Ceiling(known.TotalMilliseconds / top * Rows), 1, Rows) : 0;

    private static char Losses(TimelineSlice slice) => slice.Lost > 0 ? '#' : slice.LostInPauses > 0 ? '+' : ' ';

    private static char Bar(double fraction) =>
        fraction <= 0 ? ' ' : Bars[Math.Clamp((int)Math.Ceiling(fraction * 8), 1, 8)];

    private static Func<TimelineSlice, char> StepMarks(TwoSitesResult result, Timeline timeline)
    {
        var letters = new char[timeline.Slices.Length];
        Array.Fill(letters, ' ');
        for (int i = 0; i < result.Steps.Length; i++)
        {
            var column = (int)((result.Steps[i].From - timeline.From) / timeline.Slice);
            letters[Math.Clamp(column, 0, letters.Length - 1)] = LetterOf(i);
        }
        int next = 0;
        return _ => letters[next++];
    }
}
