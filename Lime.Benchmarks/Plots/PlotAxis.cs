using System.Globalization;

namespace Lime.Benchmarks.Plots;

/// <summary>An axis: from values to places.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="IsLogarithmic">Decades instead of equal steps.</param>
internal sealed record PlotAxis(string Title, bool IsLogarithmic = false)
{
    private const int StepsAbout = 5;

    /// <summary>Round values to mark, the first not above the least value, the last not below the
    /// greatest.</summary>
    public double[] Ticks(IReadOnlyCollection<double> values)
    {
        double least = values.Min();
        double greatest = values.Max();
        if (IsLogarithmic)
        {
            int first = (int)Math.Floor(Math.Log10(least));
            int last = Math.Max((int)Math.Ceiling(Math.Log10(greatest)), first + 1);
            return [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(10, power))];
        }
        least = Math.Min(least, 0);
        double step = RoundStep(Math.Max(greatest - least, double.Epsilon) / StepsAbout);
        var ticks = new List<double>();
        for (double tick = Math.Floor(least / step) * step; ; tick += step)
        {
            ticks.Add(tick);
            if (tick >= greatest - (step * 1e-9) && ticks.Count > 1) return [.. ticks];
        }
    }

    /// <summary>Where a value is between the first tick (0) and the last (1).</summary>
    public double Place(double value, double[] ticks) => IsLogarithmic
        ? Math.Log10(value / ticks[0]) / Math.Log10(ticks[^1] / ticks[0])
        : (value - ticks[0]) / (ticks[^1] - ticks[0]);

    /// <summary>A tick's value in few characters.</summary>
    public static string Show(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>1, 2 or 5 times a power of ten, not below <paramref name="about"/>.</summary>
    private static double RoundStep(double about)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(about)));
        double first = about / power;
        return power * (first <= 1 ? 1 : first <= 2 ? 2 : first <= 5 ? 5 : 10);
    }
}
