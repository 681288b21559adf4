using NUnit.Framework;

namespace Lime.Tests.Exploration.Search;

/// <remarks>Goal: the explorer leaves out nothing. Method: it must reach every final state that trying all orders
/// reaches, in worlds made from a seed.</remarks>
[Category("Exploration")]
public sealed class ExplorerTests
{
    [Test]
    public void Every_end_that_some_order_reaches_is_explored_and_each_once([Range(1, 40)] int seed)
    {
        var all = new HashSet<string>();
        CollectEnds(seed, [], all);
        var explored = new List<string>();
        var worlds = new List<ToyWorld>();
        var explorer = new Explorer("toy", () =>
        {
            worlds.Add(new ToyWorld(seed));
            return worlds[^1];
        }, new ExplorationLimits()) { RunEnded = _ => explored.Add(worlds[^1].State) };
        ExplorationReport report = explorer.Run();
        Assert.That(report.IsComplete, Is.True);
        Assert.That(explored.ToHashSet().SetEquals(all), Is.True, $"{explored.Count} of {all.Count}");
    }

    [Test]
    public void A_fault_is_told_with_the_run_that_leads_to_it()
    {
        var explorer = new Explorer("faulty", () => new FaultyWorld(), new ExplorationLimits());
        ExplorationReport report = explorer.Run();
        Assert.That(report.Fault, Does.Contain("b came before a"));
        Assert.That(report.Fault, Does.Contain("step b"));
    }

    private static void CollectEnds(int seed, List<int> path, HashSet<string> ends)
    {
        using var world = new ToyWorld(seed);
        foreach (int line in path) world.Step(line);
        ulong enabled = world.Enabled;
        if (enabled == 0) ends.Add(world.State);
        for (int line = 0; line < 64; line++)
        {
            if ((enabled & (1UL << line)) == 0) continue;
            path.Add(line);
            CollectEnds(seed, path, ends);
            path.RemoveAt(path.Count - 1);
        }
    }

    /// <summary>Two lines with one step each, which must not be taken the wrong way round.</summary>
    private sealed class FaultyWorld : IExploredWorld
    {
        private string _done = "";

        public ulong Enabled => (_done.Contains('a') ? 0UL : 1) | (_done.Contains('b') ? 0UL : 2);

        public IEnumerable<int> CausesOf(int line) => [];

        public IEnumerable<int> RivalsOf(int line) => [];

        public Footprint Step(int line)
        {
            _done += line == 0 ? "a" : "b";
            return Footprint.Write(0);
        }

        public string Describe(int line) => line == 0 ? "step a" : "step b";

        public string? FindFault() => _done == "ba" ? "b came before a" : null;

        public void Dispose()
        {
            // Nothing to give back.
        }
    }
}
