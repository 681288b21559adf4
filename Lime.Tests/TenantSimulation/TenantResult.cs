using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Tests.Checking;

namespace Lime.Tests.TenantSimulation;

/// <summary>A run that has ended.</summary>
/// <param name="Scenario">What the seed had decided.</param>
/// <param name="Traces">What each virtual switch was seen to do, in their order.</param>
/// <param name="HasEnded">Whether every migration came to an end in time.</param>
internal sealed record TenantResult(TenantScenario Scenario, ImmutableArray<Trace> Traces, bool HasEnded)
{
    /// <summary>What the switches did wrong together.</summary>
    public ImmutableArray<string> Composition { get; init; } = [];

    public ImmutableArray<EnsembleProgress> Migrations { get; init; } = [];

    public int LinkFrames { get; init; }

    public int WanFrames { get; init; }

    public int HostsMoved => Migrations.Sum(each => each.HostsMoved);

    /// <summary>All that is wrong, in lines, the first of each switch with its place in the trace.</summary>
    public List<string> Faults()
    {
        List<string> faults = [.. Composition.Take(3)];
        if (!HasEnded) faults.Add("A migration did not end.");
        for (int i = 0; i < Traces.Length; i++)
        {
            ImmutableArray<Violation> found = TraceChecker.Check(Traces[i]).Violations;
            faults.AddRange(found.Take(3).Select(each => $"v{i + 1}: {each}"));
        }
        return faults;
    }
}
