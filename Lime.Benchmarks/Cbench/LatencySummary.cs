namespace Lime.Benchmarks.Cbench;

/// <summary>Latencies in microseconds.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="P50Us">Half of them don't exceed it.</param>
/// <param name="P99Us">99 % don't.</param>
/// <param name="P999Us">99.9 % don't.</param>
/// <param name="MaxUs">The largest.</param>
internal sealed record LatencySummary(long Count, double P50Us, double P99Us, double P999Us, double MaxUs)
{
    public static LatencySummary Of(LatencyHistogram all) => new(
        all.Count,
        all.PercentileNs(0.5) / 1e3,
        all.PercentileNs(0.99) / 1e3,
        all.PercentileNs(0.999) / 1e3,
        all.MaxNs / 1e3);
}
