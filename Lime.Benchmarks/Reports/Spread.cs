namespace Lime.Benchmarks.Reports;

/// <summary>What repeated measurements have in common, and how far apart they are.</summary>
/// <param name="Count">How many.</param>
/// <param name="Min">The least.</param>
/// <param name="LowerQuartile">A quarter is below.</param>
/// <param name="Median">Half are below.</param>
/// <param name="UpperQuartile">A quarter is above.</param>
/// <param name="Max">The greatest.</param>
internal sealed record Spread(
    int Count, double Min, double LowerQuartile, double Median, double UpperQuartile, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(
            sorted.Length, At(sorted, 0), At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75), At(sorted, 1));
    }

    /// <summary>Between two values in proportion.</summary>
    private static double At(double[] sorted, double share)
    {
        if (sorted.Length == 0) return double.NaN;
        double place = (sorted.Length - 1) * share;
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
