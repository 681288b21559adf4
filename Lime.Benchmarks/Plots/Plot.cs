namespace Lime.Benchmarks.Plots;

/// <summary>A plot as it is meant.</summary>
/// <param name="Title">Above it.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical one.</param>
/// <param name="Series">The lines; or, with <paramref name="Bars"/>, none.</param>
internal sealed record Plot(string Title, PlotAxis X, PlotAxis Y, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Named values, as bars, instead of lines.</summary>
    public IReadOnlyList<(string Name, double Value)> Bars { get; init; } = [];
}
