using System.Globalization;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.Tests.Exploration.Search;
using NUnit.Framework;

namespace Lime.Tests.Exploration;

/// <remarks>Goal: no order of messages leads Lime to do what one switch could not have done (paper section 4). Method:
/// all orders, in a small scope, on the real code. LIME_EXPLORE=full explores the whole scope and LIME_EXPLORE=further
/// what is beyond it, which takes longer: then LIME_EXPLORE_MINUTES bounds each scenario, and LIME_EXPLORE_FOLDER says
/// where an exploration is kept, so that it goes on where it was.</remarks>
[Category("Exploration")]
[Parallelizable(ParallelScope.Children)]
public sealed class ExplorationTests
{
    private static readonly string Extent = Environment.GetEnvironmentVariable("LIME_EXPLORE") ?? "brief";

    private static IEnumerable<TestCaseData> Cases => Scoped.Select(each =>
    {
        TestCaseData data = new TestCaseData(each).SetArgDisplayNames($"{each.Name} {each.Version}");
        return each.WaitsFor is null ? data : data.Ignore(each.WaitsFor);
    });

    /// <summary>The brief scope: all begins when both instances carry traffic and before time goes by, and ends with a
    /// question and its answer; with an abort in it there are no packets. The whole scope: at any moment, with three
    /// packets, message by message where that can be right. Beyond it: an abort at any moment, beside the update or
    /// beside the packets.</summary>
    private static IEnumerable<Scenario> Scoped => Extent switch
    {
        "full" => Scenarios.All.Where(each => !each.IsAborted)
            .Select(each => each with { IsFine = !each.NeedsWholeFlushes, Packets = 3 }),
        "further" => Scenarios.All.Where(each => each.IsAborted).SelectMany(each => new[]
        {
            each with { Packets = 0 },
            each with { Name = "packets, and abort", Script = [], Packets = 3 },
        }),
        _ => Scenarios.All.Select(each => each with { IsBrief = true, Packets = each.IsAborted ? 0u : 2u }),
    };

    [TestCaseSource(nameof(Cases))]
    public void No_order_of_messages_shows_more_than_one_switch(object scenario)
    {
        var explored = (Scenario)scenario;
        string minutes = Environment.GetEnvironmentVariable("LIME_EXPLORE_MINUTES") ?? "60";
        var limits = new ExplorationLimits
        {
            TimeMax = TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)),
        };
        var explorer = new Explorer(
            $"{explored.Name}, {explored.Version}", () => new ExploredWorld(explored), limits)
        {
            File = FileOf(explored),
        };
        ExplorationReport report = explorer.Run();
        TestContext.Progress.WriteLine(report);
        Assert.That(report.Fault, Is.Null, report.ToString());
        Assert.That(report.IsComplete, Is.True, report.ToString());
        FindLeftOut(explored, explorer.Ends);
    }

    /// <remarks>So that the exploring itself is held to something: orders left to chance, in the same world, must be
    /// among those that were explored, up to the order of independent steps.</remarks>
    private static void FindLeftOut(Scenario scenario, IReadOnlySet<ulong> ends)
    {
        var random = new Random(1);
        for (int i = 0; i < (Extent == "brief" ? 50 : 1000); i++)
        {
            using var world = new ExploredWorld(scenario);
            Assert.That(ends.Contains(RandomRun.NameOf(world, random)), Is.True, $"The order {i} was left out.");
        }
    }

    private static ExplorationFile? FileOf(Scenario scenario)
    {
        if (Environment.GetEnvironmentVariable("LIME_EXPLORE_FOLDER") is not { Length: > 0 } folder) return null;
        Directory.CreateDirectory(folder);
        string build = string.Join(' ', new[] { typeof(OpenFlowVersion), typeof(EventLoop), typeof(Scenario) }
            .Select(each => each.Module.ModuleVersionId));
        return new ExplorationFile(
            Path.Combine(folder, $"{Extent}-{scenario.Name}-{scenario.Version}.json"), build);
    }
}
