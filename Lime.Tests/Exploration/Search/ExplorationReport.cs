using System.Globalization;

namespace Lime.Tests.Exploration.Search;

/// <summary>What an exploration did and found.</summary>
/// <param name="Scope">What was explored.</param>
internal sealed record ExplorationReport(string Scope)
{
    /// <summary>Runs to their end: one for each class of runs that differ in the order of independent steps
    /// only.</summary>
    public long Runs { get; set; }

    /// <summary>Runs that were given up because all that could happen had been explored elsewhere.</summary>
    public long Pruned { get; set; }

    /// <summary>States seen: histories that differ in more than the order of independent steps, each reached
    /// once.</summary>
    public long States { get; set; }

    /// <summary>Steps of the longest run.</summary>
    public int LongestRun { get; set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>Whether there is nothing left to explore.</summary>
    public bool IsComplete { get; set; }

    /// <summary>What went wrong, with the run that led there; null: nothing.</summary>
    public string? Fault { get; set; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Scope}: {Runs} runs{(IsComplete ? "" : " (stopped before the end)")}, {Pruned} pruned, {States} states, "
        + $"the longest run {LongestRun}, {Elapsed.TotalSeconds:F1} s");
}
