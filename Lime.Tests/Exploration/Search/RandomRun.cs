namespace Lime.Tests.Exploration.Search;

/// <summary>A run whose order is left to chance, with no regard to what depends on what: shows whether an exploration
/// has left something out.</summary>
internal static class RandomRun
{
    private const int LineCount = 64;
    private const int MeanStepsAtOneSpeed = 20;

    /// <returns>The run's name, as <see cref="Explorer.RunEnded"/> gives it.</returns>
    public static ulong NameOf(IExploredWorld world, Random random)
    {
        double[] speeds = [];
        var path = new RunPath();
        while (world.Enabled is var enabled && enabled != 0)
        {
            // Lines are not equally fast: else whoever may begin at any moment would always begin early.
            if (path.Count == 0 || random.Next(MeanStepsAtOneSpeed) == 0)
                speeds = [.. Enumerable.Range(0, LineCount).Select(_ => Math.Exp(-8 * random.NextDouble()))];
            path.Add(new SearchNode(enabled) { Line = Choose(enabled, speeds, random) });
            path.Take(world);
        }
        return path.Name;
    }

    private static int Choose(ulong enabled, double[] speeds, Random random)
    {
        int[] lines = [.. Enumerable.Range(0, LineCount).Where(line => (enabled & (1UL << line)) != 0)];
        double at = random.NextDouble() * lines.Sum(line => speeds[line]);
        foreach (int line in lines)
        {
            at -= speeds[line];
            if (at < 0) return line;
        }
        return lines[^1];
    }
}
