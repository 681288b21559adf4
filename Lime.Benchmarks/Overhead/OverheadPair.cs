namespace Lime.Benchmarks.Overhead;

/// <summary>One run each way, one right after the other.</summary>
/// <param name="Direct">On the physical switch.</param>
/// <param name="Layered">On the virtual one.</param>
internal sealed record OverheadPair(OverheadRun Direct, OverheadRun Layered)
{
    /// <summary>The share of throughput that the layer costs; below 0 if it was the faster one.</summary>
    public double Price => 1 - (Layered.PerSecond / Direct.PerSecond);

    /// <summary>Processor time that it costs a packet-in, in ns.</summary>
    public double PriceNs => Layered.CpuNs - Direct.CpuNs;
}
