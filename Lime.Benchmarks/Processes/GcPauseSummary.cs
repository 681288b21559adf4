namespace Lime.Benchmarks.Processes;

/// <summary>How long a .NET process stood still for garbage collection.</summary>
/// <param name="Count">How often.</param>
/// <param name="TotalMs">Together.</param>
/// <param name="MaxMs">At most at once.</param>
internal sealed record GcPauseSummary(int Count, double TotalMs, double MaxMs)
{
    /// <param name="pauses">When each ended, and its length.</param>
    /// <param name="from">Those that ended before don't count.</param>
    /// <param name="to">Those that ended later don't count.</param>
    public static GcPauseSummary Of(
        IEnumerable<(DateTime EndedAt, double Ms)> pauses, DateTime from, DateTime to)
    {
        double[] counted =
            [.. pauses.Where(each => each.EndedAt >= from && each.EndedAt <= to).Select(each => each.Ms)];
        return new GcPauseSummary(counted.Length, counted.Sum(), counted.DefaultIfEmpty().Max());
    }
}
