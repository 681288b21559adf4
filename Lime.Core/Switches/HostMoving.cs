using Lime.Core.Migration;

namespace Lime.Core.Switches;

/// <summary>What the moves of one ensemble's hosts share.</summary>
/// <param name="Plan">What is wanted.</param>
/// <param name="Loop">Where it happens.</param>
/// <param name="Tally">Where hosts' progress is kept.</param>
/// <param name="Placing">Rewrites rules.</param>
/// <param name="Fail">Fails the migration.</param>
internal sealed record HostMoving(
    EnsemblePlan Plan, LoopAccess Loop, EnsembleTally Tally, HostPlacing Placing, Action<string> Fail)
{
    /// <summary>Whether packets go to hosts from all instances: not while the network stands still.</summary>
    public bool IsRelayed => Plan.Method == MigrationMethod.Clone;

    /// <summary>What was met where there was nothing to fall back to.</summary>
    public BestEffort Effort { get; } = new();
}
