namespace Lime.Apps.Sample.Figure3;

/// <summary>The columns of the paper's Table 1.</summary>
internal sealed record LossStatistics(double Average, double StandardDeviation, double Max, double Min)
{
    /// <summary>Of at least one value; the deviation is that of a sample (n - 1).</summary>
    public static LossStatistics Of(IEnumerable<double> percents)
    {
        double[] values = [.. percents];
        double average = values.Average();
        double squares = values.Sum(value => (value - average) * (value - average));
        return new LossStatistics(
            average, values.Length < 2 ? 0 : Math.Sqrt(squares / (values.Length - 1)), values.Max(), values.Min());
    }
}
