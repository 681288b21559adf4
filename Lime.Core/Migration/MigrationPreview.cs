using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>A plan looked at without doing anything: whether it holds, what cannot be reproduced, what it would
/// take.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Findings">What was found, refusals first.</param>
/// <param name="Forecast">What it is expected to take; null where the plan doesn't even name what is there.</param>
public sealed record MigrationPreview(
    MigrationPlan Plan, ImmutableArray<MigrationFinding> Findings, MigrationForecast? Forecast)
{
    /// <summary>Whether the plan would be begun now.</summary>
    public bool CanBegin => !Findings.Any(each => each.Kind == FindingKind.Refusal);
}
