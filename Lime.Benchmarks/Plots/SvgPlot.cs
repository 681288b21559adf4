using System.Globalization;
using System.Security;
using System.Text;

namespace Lime.Benchmarks.Plots;

/// <summary>Draws a plot as an SVG document that stands alone.</summary>
/// <remarks>Threading: static and pure.</remarks>
internal static class SvgPlot
{
    private const double Width = 720;
    private const double Height = 400;
    private const double Left = 80;
    private const double Right = 20;
    private const double Top = 40;
    private const double Bottom = 60;

    /// <summary>Apart from one another also for those who see few colours (Okabe and Ito).</summary>
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    public static string Draw(Plot plot)
    {
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\"");
        Line(svg, $" font-family=\"sans-serif\" font-size=\"12\">");
        Line(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Text(svg, (Width / 2, 22), plot.Title, "text-anchor=\"middle\" font-size=\"15\"");
        if (plot.Bars.Count > 0) DrawBars(svg, plot);
        else DrawLines(svg, plot);
        Text(svg, (0, 0), plot.Y.Title, $"text-anchor=\"middle\" transform=\"translate(16 {Height / 2}) rotate(-90)\"");
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void DrawLines(StringBuilder svg, Plot plot)
    {
        (double X, double Y)[] all = [.. plot.Series.SelectMany(each => each.Points)];
        double[] xTicks = plot.X.Ticks([.. all.Select(each => each.X)]);
        double[] yTicks = plot.Y.Ticks([.. all.Select(each => each.Y)]);
        DrawYAxis(svg, plot.Y, yTicks);
        foreach (double tick in xTicks)
        {
            double x = XOf(plot.X.Place(tick, xTicks));
            Line(svg, $"<line x1=\"{x:F1}\" y1=\"{Top}\" x2=\"{x:F1}\" y2=\"{Height - Bottom}\" stroke=\"#ddd\"/>");
            Text(svg, (x, Height - Bottom + 18), PlotAxis.Show(tick), "text-anchor=\"middle\"");
        }
        Text(svg, ((Left + Width - Right) / 2, Height - 14), plot.X.Title, "text-anchor=\"middle\"");
        for (int i = 0; i < plot.Series.Count; i++)
        {
            string colour = Colours[i % Colours.Length];
            (double X, double Y)[] places = [.. plot.Series[i].Points.Select(each =>
                (XOf(plot.X.Place(each.X, xTicks)), YOf(plot.Y.Place(each.Y, yTicks))))];
            string points = string.Join(' ', places.Select(each => Invariant($"{each.X:F1},{each.Y:F1}")));
            Line(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            foreach ((double x, double y) in places)
                Line(svg, $"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"3.5\" fill=\"{colour}\"/>");
            double at = Top + 16 + (16 * i);
            Line(svg, $"<rect x=\"{Left + 12}\" y=\"{at - 9:F1}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>");
            Text(svg, (Left + 28, at), plot.Series[i].Name, "");
        }
    }

    private static void DrawBars(StringBuilder svg, Plot plot)
    {
        double[] ticks = plot.Y.Ticks([.. plot.Bars.Select(each => each.Value)]);
        DrawYAxis(svg, plot.Y, ticks);
        double slot = (Width - Left - Right) / plot.Bars.Count;
        double zero = YOf(plot.Y.IsLogarithmic ? 0 : plot.Y.Place(0, ticks));
        for (int i = 0; i < plot.Bars.Count; i++)
        {
            (string name, double value) = plot.Bars[i];
            double middle = Left + (slot * (i + 0.5));
            double end = YOf(plot.Y.Place(value, ticks));
            Line(svg, $"<rect x=\"{middle - (slot * 0.3):F1}\" y=\"{Math.Min(end, zero):F1}\"");
            Line(svg, $" width=\"{slot * 0.6:F1}\" height=\"{Math.Abs(zero - end):F1}\"");
            Line(svg, $" fill=\"{Colours[i % Colours.Length]}\"/>");
            Text(svg, (middle, Math.Min(end, zero) - 4), PlotAxis.Show(value), "text-anchor=\"middle\"");
            Text(svg, (middle, Height - Bottom + 18), name, "text-anchor=\"middle\"");
        }
    }

    private static void DrawYAxis(StringBuilder svg, PlotAxis axis, double[] ticks)
    {
        foreach (double tick in ticks)
        {
            double y = YOf(axis.Place(tick, ticks));
            Line(svg, $"<line x1=\"{Left}\" y1=\"{y:F1}\" x2=\"{Width - Right}\" y2=\"{y:F1}\" stroke=\"#ddd\"/>");
            Text(svg, (Left - 8, y + 4), PlotAxis.Show(tick), "text-anchor=\"end\"");
        }
    }

    private static double XOf(double place) => Left + (place * (Width - Left - Right));

    private static double YOf(double place) => Height - Bottom - (place * (Height - Top - Bottom));

    private static void Text(StringBuilder svg, (double X, double Y) at, string text, string attributes) => Line(
        svg, $"<text x=\"{at.X:F1}\" y=\"{at.Y:F1}\" {attributes}>{SecurityElement.Escape(text)}</text>");

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(Invariant(text)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
