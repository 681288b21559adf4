using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>A run that has ended.</summary>
/// <param name="Scenario">What the seed had decided.</param>
/// <param name="Trace">What hosts and the app saw.</param>
/// <param name="HasEnded">Whether every migration came to an end in time.</param>
/// <param name="Migrations">How the migrations ended.</param>
internal sealed record RunResult(
    Scenario Scenario, Trace Trace, bool HasEnded, ImmutableArray<MigrationProgress> Migrations)
{
    /// <summary>How often a source was lost during a migration.</summary>
    public int SourcesLost { get; init; }

    public int Completed => Migrations.Count(each => each.Phase == MigrationPhase.Completed);

    public int Aborted => Migrations.Count(each => each.Phase == MigrationPhase.Aborted);
}
