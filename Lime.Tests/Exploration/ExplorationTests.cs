using System.Globalization;
using Lime.Tests.Exploration.Search;
using NUnit.Framework;

namespace Lime.Tests.Exploration;

/// <remarks>Goal: no order of messages leads Lime to do what one switch could not have done (paper section 4). Method:
/// all orders, in a small scope, on the real code. LIME_EXPLORE=full explores the whole scope, which takes longer; then
/// LIME_EXPLORE_MINUTES bounds each scenario.</remarks>
[Category("Exploration")]
public sealed class ExplorationTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("LIME_EXPLORE") == "full";

    private static IEnumerable<TestCaseData> Cases => Scenarios.All.Select(Scoped).Select(each =>
    {
        TestCaseData data = new TestCaseData(each).SetArgDisplayNames($"{each.Name} {each.Version}");
        return each.WaitsFor is null ? data : data.Ignore(each.WaitsFor);
    });

    [TestCaseSource(nameof(Cases))]
    public void No_order_of_messages_shows_more_than_one_switch(object scenario)
    {
        var explored = (Scenario)scenario;
        string minutes = Environment.GetEnvironmentVariable("LIME_EXPLORE_MINUTES") ?? "60";
        var limits = new ExplorationLimits
        {
            TimeMax = TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)),
        };
        ExplorationReport report = new Explorer(
            $"{explored.Name}, {explored.Version}", () => new ExploredWorld(explored), limits).Run();
        TestContext.Progress.WriteLine(report);
        Assert.That(report.Fault, Is.Null, report.ToString());
        Assert.That(report.IsComplete, Is.True, report.ToString());
    }

    /// <summary>The small scope: all begins when both instances carry traffic and before time goes by, and ends with a
    /// question and its answer; with an abort in it there are no packets.</summary>
    private static Scenario Scoped(Scenario scenario) => IsFull
        ? scenario with { Packets = 3 }
        : scenario with { IsBrief = true, Packets = scenario.IsAborted ? 0u : 2u };
}
