using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Tests.Sample;

/// <summary>Starts migrations that do what the test says.</summary>
internal sealed class ScriptedEnsembles : IEnsembleManager
{
    private readonly TaskCompletionSource<ScriptedMigration> _started =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableArray<IMigration> Migrations { get; private set; } = [];

    /// <summary>Completes when the first migration is asked for.</summary>
    public Task<ScriptedMigration> Started => _started.Task;

    public bool AbortsAtOnce { get; init; }

    /// <summary>What a plan that is looked at gives.</summary>
    public Func<MigrationPlan, MigrationPreview> Preview { get; set; } = plan => new MigrationPreview(plan, [], null);

    public Task<MigrationPreview> PreviewAsync(MigrationPlan plan, CancellationToken cancellationToken = default) =>
        Task.FromResult(Preview(plan));

    public ValueTask<IMigration> MigrateAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        var migration = new ScriptedMigration(Migrations.Length + 1, plan) { AbortsAtOnce = AbortsAtOnce };
        Migrations = Migrations.Add(migration);
        _started.TrySetResult(migration);
        return new(migration);
    }

    public ImmutableArray<IEnsembleMigration> EnsembleMigrations => [];

    /// <summary>The plan for an ensemble that was looked at or asked for last.</summary>
    public EnsemblePlan? EnsembleAsked { get; private set; }

    public Task<EnsemblePreview> PreviewAsync(EnsemblePlan plan, CancellationToken cancellationToken = default)
    {
        EnsembleAsked = plan;
        return Task.FromResult(new EnsemblePreview(plan, [], []));
    }

    public ValueTask<IEnsembleMigration> MigrateAsync(
        EnsemblePlan plan, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Only single switches are scripted here.");
}
