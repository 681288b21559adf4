using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Overhead;

/// <summary>All pairs of one scenario.</summary>
/// <param name="Scenario">What went on.</param>
/// <param name="Load">How it was loaded, in words.</param>
/// <param name="Pairs">In the order in which they ran.</param>
internal sealed record OverheadResult(OverheadScenario Scenario, string Load, IReadOnlyList<OverheadPair> Pairs)
{
    public Spread DirectPerSecond => Spread.Of(Pairs.Select(each => each.Direct.PerSecond));

    public Spread LayeredPerSecond => Spread.Of(Pairs.Select(each => each.Layered.PerSecond));

    public Spread DirectCpuNs => Spread.Of(Pairs.Select(each => each.Direct.CpuNs));

    public Spread LayeredCpuNs => Spread.Of(Pairs.Select(each => each.Layered.CpuNs));

    public Spread MessagesPerPacketIn => Spread.Of(Pairs.Select(each => each.Layered.MessagesPerPacketIn));

    public double FaultyMax => Pairs.Max(each => Math.Max(each.Direct.Faulty, each.Layered.Faulty));

    public Spread Price => Spread.Of(Pairs.Select(each => each.Price));

    public Spread PriceNs => Spread.Of(Pairs.Select(each => each.PriceNs));
}
