namespace Lime.Benchmarks.Plots;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">In order of x; above 0 both, if the axis is logarithmic.</param>
internal sealed record PlotSeries(string Name, IReadOnlyList<(double X, double Y)> Points);
