using System.Collections.Immutable;
using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Operator.Documents;

/// <summary>The migration of an ensemble as the operator API writes it.</summary>
internal sealed record EnsembleDocument
{
    public required int Id { get; init; }
    public required ImmutableArray<EnsembleSwitchDocument> Switches { get; init; }
    public required string Method { get; init; }

    /// <summary>Where POST takes it back; null unless it is completed.</summary>
    public string? Undo { get; init; }
    public required EnsembleProgressDocument Progress { get; init; }
    public required ImmutableArray<EnsembleProgressDocument> Timeline { get; init; }

    public static EnsembleDocument Of(IEnsembleMigration migration) => new()
    {
        Id = migration.Id,
        Switches = [.. migration.Plan.Switches.Select(EnsembleSwitchDocument.Of)],
        Method = MigrationWords.ToText(migration.Plan.Method),
        Undo = migration.Undo is null ? null : $"/api/v1/ensembles/{migration.Id}/undo",
        Progress = EnsembleProgressDocument.Of(migration.Progress),
        Timeline = [.. migration.Timeline.Select(EnsembleProgressDocument.Of)],
    };
}

/// <summary>One virtual switch and where it goes.</summary>
internal sealed record EnsembleSwitchDocument(string Switch, string Target)
{
    public static EnsembleSwitchDocument Of(EnsembleSwitch member) => new(member.Switch, member.Target.ToString());
}

/// <summary>The ensembles' migrations under way, and the last that have ended.</summary>
internal sealed record EnsembleList(ImmutableArray<EnsembleDocument> Ensembles);
