using Lime.OpenFlow;
using Lime.Tests.Exploration.Search;
using NUnit.Framework;

namespace Lime.Tests.Exploration;

/// <remarks>Goal: no order of messages leads Lime to do what one switch could not have done (paper section 4). Method:
/// all orders, in a small scope, on the real code.</remarks>
[Category("Exploration")]
public sealed class ExplorationTests
{
    [Test]
    public void No_order_of_messages_lets_an_answer_meet_an_older_rule([Values] bool isNew)
    {
        Explore(Scenarios.Modify(isNew ? OpenFlowVersion.V13 : OpenFlowVersion.V10) with { BeginsCloned = true });
    }

    private static void Explore(Scenario scenario)
    {
        var limits = new ExplorationLimits { TimeMax = TimeSpan.FromSeconds(240) };
        ExplorationReport report = new Explorer(scenario.Name, () => new ExploredWorld(scenario), limits).Run();
        TestContext.Progress.WriteLine(report);
        Assert.That(report.Fault, Is.Null, report.ToString());
        Assert.That(report.IsComplete, Is.True, report.ToString());
    }
}
