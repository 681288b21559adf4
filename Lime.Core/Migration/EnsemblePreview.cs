using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>A plan for an ensemble looked at without doing anything.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Findings">What was found, refusals first.</param>
/// <param name="Moves">The hosts' moves, in the order in which they would be done; of those hosts whose places are
/// known.</param>
public sealed record EnsemblePreview(
    EnsemblePlan Plan, ImmutableArray<MigrationFinding> Findings, ImmutableArray<HostMove> Moves)
{
    /// <summary>Whether the plan would be begun now.</summary>
    public bool CanBegin => !Findings.Any(each => each.Kind == FindingKind.Refusal);
}
