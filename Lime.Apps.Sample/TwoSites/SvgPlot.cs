using System.Globalization;
using System.Text;
using Lime.Apps.Sample.Commands;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Draws runs as a picture (SVG 1.1): for each one every request's latency, lost ones at the top, the bytes
/// over
/// the link between the sites below, and the steps as bands.</summary>
internal static class SvgPlot
{
    private const int Width = 1000;
    private const int Left = 60;
    private const int RunHeight = 400;
    private const int LatencyTop = 70;
    private const int LatencyHeight = 190;
    private const int LinkTop = 290;
    private const int LinkHeight = 80;
    private const int Slices = 200;

    public static string Draw(IReadOnlyCollection<TwoSitesResult> results)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width + Left + 20}\" "
            + $"height=\"{RunHeight * results.Count}\" font-family=\"sans-serif\" font-size=\"11\">");
        Add(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        int top = 0;
        foreach (TwoSitesResult each in results)
        {
            DrawRun(svg, each, top);
            top += RunHeight;
        }
        Add(svg, $"</svg>");
        return svg.ToString();
    }

    private static void DrawRun(StringBuilder svg, TwoSitesResult result, int top)
    {
        TimeSpan from = result.Steps[0].From;
        double perSecond = Width / (result.Until - from).TotalSeconds;
        double X(TimeSpan at) => Left + ((at - from).TotalSeconds * perSecond);
        double highest = Math.Max(1, result.Requests.Max(each => each.Latency?.TotalMilliseconds ?? 0));
        Add(svg, $"<g transform=\"translate(0,{top})\">");
        Add(svg, $"<text x=\"{Left}\" y=\"16\" font-size=\"15\">{MigrationWords.ToText(result.Method)}: "
            + $"{result.Requests.Count} requests, {result.Lost} lost, {result.LostInPauses} in hosts' pauses, "
            + $"{result.Duplicates} doubled</text>");
        for (int i = 0; i < result.Steps.Length; i++)
        {
            Step step = result.Steps[i];
            double width = Math.Max(0, (step.To - step.From).TotalSeconds * perSecond);
            Add(svg, $"<rect x=\"{X(step.From):F1}\" y=\"{LatencyTop}\" width=\"{width:F1}\" "
                + $"height=\"{LinkTop + LinkHeight - LatencyTop}\" fill=\"{(i % 2 == 0 ? "#f4f4f4" : "#e8eef6")}\"/>");
            Add(svg, $"<text x=\"{X(step.From) + 2:F1}\" y=\"{LatencyTop - 4 - (i % 3 * 12)}\">{step.Name}</text>");
        }
        foreach (Request each in result.Requests.Where(each => each.SentAt >= from))
        {
            bool isLost = TwoSitesResult.IsLost(each);
            double y = isLost ? LatencyTop + 4 : LatencyY(each.Latency!.Value.TotalMilliseconds, highest);
            string colour = !isLost ? "#1f5fa8" : result.MeetsPause(each) ? "#e08a00" : "#d00000";
            Add(svg, $"<circle cx=\"{X(each.SentAt):F1}\" cy=\"{y:F1}\" r=\"{(isLost ? 2.5 : 1.2)}\" "
                + $"fill=\"{colour}\"/>");
        }
        DrawScale(svg, highest);
        DrawLink(svg, result);
        Add(svg, $"</g>");
    }

    private static double LatencyY(double ms, double highest) =>
        LatencyTop + LatencyHeight - (ms / highest * LatencyHeight);

    private static void DrawScale(StringBuilder svg, double highest)
    {
        for (int i = 0; i <= 4; i++)
        {
            double ms = highest * i / 4;
            double y = LatencyY(ms, highest);
            Add(svg, $"<line x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"#ccc\"/>");
            Add(svg, $"<text x=\"{Left - 4}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{ms:F0} ms</text>");
        }
    }

    private static void DrawLink(StringBuilder svg, TwoSitesResult result)
    {
        Timeline timeline = Timeline.Of(result, Slices);
        double most = Math.Max(1, timeline.Slices.Max(each => each.BytesPerSecond));
        double width = (double)Width / Slices;
        for (int i = 0; i < Slices; i++)
        {
            double height = timeline.Slices[i].BytesPerSecond / most * LinkHeight;
            if (height <= 0) continue;
            Add(svg, $"<rect x=\"{Left + (i * width):F1}\" y=\"{LinkTop + LinkHeight - height:F1}\" "
                + $"width=\"{width:F1}\" height=\"{height:F1}\" fill=\"#5a8f3c\"/>");
        }
        Add(svg, $"<text x=\"{Left - 4}\" y=\"{LinkTop + 10}\" text-anchor=\"end\">{most / 1000:F0} kB/s</text>");
        Add(svg, $"<text x=\"{Left}\" y=\"{LinkTop + LinkHeight + 14}\">over the link between the sites; "
            + $"blue: answered, orange: lost in a host's pause, red: lost otherwise</text>");
    }

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Add(StringBuilder svg, string line) => svg.Append(line).Append('\n');
}
