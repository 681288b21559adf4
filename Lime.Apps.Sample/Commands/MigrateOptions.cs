using System.Collections.Immutable;
using Lime.Apps.Sample.Operator.Documents;
using Lime.Core.Migration;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.Commands;

/// <summary>What <c>migrate</c> was asked for.</summary>
/// <param name="Switch">The virtual switch, by name or datapath id.</param>
/// <param name="Target">The physical switch, by datapath id or name.</param>
internal sealed record MigrateOptions(string Switch, string Target)
{
    /// <summary>As <see cref="MigrationWords"/> writes it.</summary>
    public required string Method { get; init; }

    /// <summary>Where the controller's operator API is.</summary>
    public required Uri Operator { get; init; }

    public string? Token { get; init; }

    /// <summary>How long it may take, in seconds.</summary>
    public int DeadlineSeconds { get; init; }

    /// <summary>Time between the move of one attachment and the next, in milliseconds.</summary>
    public int PauseMs { get; init; }

    /// <summary>As <see cref="MigrationWords"/> writes it.</summary>
    public string Guard { get; init; } = MigrationWords.ToText(default(GuardMode));

    /// <summary>How much apps' rule changes may cost.</summary>
    public BudgetsDocument? Budgets { get; init; }

    /// <summary>Refuse where a flow may change its bucket of a select group.</summary>
    public bool RequiresSelectAffinity { get; init; }

    /// <summary>Only look at the plan.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The migration to take back instead, or null.</summary>
    public int? Undo { get; init; }

    /// <summary>The plan file of an ensemble to migrate instead, or null.</summary>
    public string? EnsemblePath { get; init; }

    /// <summary>The kind of evidence wanted, by its name; null: what fits each switch.</summary>
    public string? Evidence { get; init; }

    /// <summary>Where virtual ports are at the target.</summary>
    public ImmutableArray<PortMapping> Ports { get; init; } = [];
}
