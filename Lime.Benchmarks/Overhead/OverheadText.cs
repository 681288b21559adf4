using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Overhead;

/// <summary>The comparison as a table, beside the paper's.</summary>
internal static class OverheadText
{
    /// <summary>Section 5 of the LIME paper: 9,702 packet-ins a second by Floodlight, 9,046 with LIME beneath
    /// it.</summary>
    public const double PaperPrice = 1 - (9046.0 / 9702);

    public static string Table(IEnumerable<OverheadResult> results)
    {
        var table = new TextTable(
            "", "pairs", "direct, /s", "layered, /s", "price", "quartiles", "direct, ns", "layered, ns", "price, ns",
            "messages", "faulty");
        foreach (OverheadResult each in results)
        {
            table.Add(
                $"{Name(each.Scenario)}; {each.Load}",
                Numbers.Whole(each.Pairs.Count),
                Numbers.Whole(each.DirectPerSecond.Median),
                Numbers.Whole(each.LayeredPerSecond.Median),
                Numbers.Percent(each.Price.Median),
                $"{Numbers.Percent(each.Price.LowerQuartile)} to {Numbers.Percent(each.Price.UpperQuartile)}",
                Numbers.Fixed(each.DirectCpuNs.Median, 1),
                Numbers.Fixed(each.LayeredCpuNs.Median, 1),
                Numbers.Fixed(each.PriceNs.Median, 1),
                Numbers.Fixed(each.MessagesPerPacketIn.Median, 2),
                Numbers.Percent(each.FaultyMax));
        }
        table.Add(
            "the paper's, 2012", "-", "9,702", "9,046", Numbers.Percent(PaperPrice), "-", "-", "-", "-", "-", "-");
        return table.ToString();
    }

    public static string Line(OverheadPair pair) =>
        $"  direct {Numbers.Whole(pair.Direct.PerSecond)}/s, layered {Numbers.Whole(pair.Layered.PerSecond)}/s, "
        + $"price {Numbers.Percent(pair.Price)}, {Numbers.Fixed(pair.PriceNs, 1)} ns";

    public static string Name(OverheadScenario scenario) => scenario switch
    {
        OverheadScenario.TwoInstances => "two instances",
        OverheadScenario.ThreeInstances => "three instances",
        OverheadScenario.Migration => "during a migration",
        OverheadScenario.Updates => "during rule updates",
        _ => "steady",
    };
}
