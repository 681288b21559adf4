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
        var states = new List<ulong>();
        var worlds = new List<ToyWorld>();
        var explorer = new Explorer("toy", () =>
        {
            worlds.Add(new ToyWorld(seed));
            return worlds[^1];
        }, new ExplorationLimits()) { RunEnded = _ => explored.Add(worlds[^1].State), StateReached = states.Add };
        ExplorationReport report = explorer.Run();
        Assert.That(report.IsComplete, Is.True);
        Assert.That(explored.ToHashSet().SetEquals(all), Is.True, $"{explored.Count} of {all.Count}");
        Assert.That(states, Is.Unique);
        Assert.That(report.States, Is.EqualTo(states.Count));
    }

    [Test]
    public void What_was_stopped_goes_on_where_it_was([Range(1, 4)] int seed)
    {
        var whole = new Explorer("toy", () => new ToyWorld(seed), new ExplorationLimits());
        ExplorationReport expected = whole.Run();
        string path = Path.Combine(Path.GetTempPath(), $"lime-exploration-{Guid.NewGuid():N}");
        try
        {
            Explorer part;
            ExplorationReport report;
            int parts = 0;
            do
            {
                var limits = new ExplorationLimits { TimeMax = TimeSpan.Zero };
                part = new Explorer("toy", () => new ToyWorld(seed), limits) { File = new(path, "this build") };
                report = part.Run();
                parts++;
            }
            while (!report.IsComplete);
            Assert.That(parts, Is.EqualTo(expected.Runs + expected.Pruned));
            Assert.That(part.Ends, Is.EquivalentTo(whole.Ends));
            Assert.That(report with { Elapsed = default }, Is.EqualTo(expected with { Elapsed = default }));
            Assert.That(new ExplorationFile(path, "another build").TryRead(), Is.Null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Orders_left_to_chance_are_among_those_that_were_explored([Range(1, 10)] int seed)
    {
        var explorer = new Explorer("toy", () => new ToyWorld(seed), new ExplorationLimits());
        explorer.Run();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
            Assert.That(explorer.Ends, Does.Contain(RandomRun.NameOf(new ToyWorld(seed), random)));
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
