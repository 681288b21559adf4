using System.Collections.Immutable;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>A migration as the operator API writes it.</summary>
internal sealed record MigrationDocument
{
    public required int Id { get; init; }
    public required string Switch { get; init; }
    public required string Target { get; init; }
    public required string Method { get; init; }
    public required double DeadlineSeconds { get; init; }
    public required double AttachmentIntervalMs { get; init; }
    public required double DrainQuietMs { get; init; }
    public required string Guard { get; init; }
    public required BudgetsDocument Budgets { get; init; }
    public bool RequireSelectAffinity { get; init; }

    /// <summary>Where POST takes it back; null unless it is completed.</summary>
    public string? Undo { get; init; }

    /// <summary>The kind of evidence asked for; "auto" is what fits each switch.</summary>
    public required string Evidence { get; init; }
    public required ProgressDocument Progress { get; init; }
    public required ImmutableArray<ProgressDocument> Timeline { get; init; }

    public static MigrationDocument Of(IMigration migration) => new()
    {
        Id = migration.Id,
        Switch = migration.Plan.Switch,
        Target = migration.Plan.Target.ToString(),
        Method = MigrationWords.ToText(migration.Plan.Method),
        DeadlineSeconds = migration.Plan.Deadline.TotalSeconds,
        AttachmentIntervalMs = migration.Plan.AttachmentInterval.TotalMilliseconds,
        DrainQuietMs = migration.Plan.DrainQuietTime.TotalMilliseconds,
        Guard = MigrationWords.ToText(migration.Plan.Guard),
        Budgets = BudgetsDocument.Of(migration.Plan.Budgets),
        RequireSelectAffinity = migration.Plan.RequireSelectAffinity,
        Undo = migration.Undo is null ? null : $"/api/v1/migrations/{migration.Id}/undo",
        Evidence = migration.Plan.Evidence?.Name ?? "auto",
        Progress = ProgressDocument.Of(migration.Progress),
        Timeline = [.. migration.Timeline.Select(ProgressDocument.Of)],
    };
}

/// <summary>The migrations under way, and the last that have ended.</summary>
internal sealed record MigrationList(ImmutableArray<MigrationDocument> Migrations);
