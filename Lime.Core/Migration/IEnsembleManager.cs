using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>Moves virtual switches to other physical switches while they carry traffic: the operator's one
/// way in.</summary>
/// <remarks>Threading: everything may be called from any thread.</remarks>
public interface IEnsembleManager
{
    /// <summary>Every migration of this controller that is under way, and the last thousand that have
    /// ended.</summary>
    ImmutableArray<IMigration> Migrations { get; }

    /// <summary>Looks at a plan without doing anything: lists what cannot be reproduced at the target, and how many
    /// rules, messages and seconds are expected.</summary>
    /// <remarks>The same checks come first in the migration itself; what was found may have changed by then. Of the
    /// switches it asks for statistics, features and barriers only.</remarks>
    /// <exception cref="ArgumentException">As of <see cref="MigrateAsync(MigrationPlan,
    /// CancellationToken)"/>.</exception>
    Task<MigrationPreview> PreviewAsync(MigrationPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Starts a migration. A plan that cannot be carried out gives a migration that ends as Aborted,
    /// its last progress saying why.</summary>
    /// <exception cref="ArgumentException">The plan names no switch, a time in it is out of its range, or it asks
    /// for what its method doesn't have.</exception>
    /// <returns>The migration, to watch, await or abort.</returns>
    ValueTask<IMigration> MigrateAsync(MigrationPlan plan, CancellationToken cancellationToken = default);

    /// <summary>The migrations of ensembles that are under way, and the last hundred that have ended.</summary>
    ImmutableArray<IEnsembleMigration> EnsembleMigrations { get; }

    /// <summary>Looks at a plan for an ensemble without doing anything: lists what cannot be reproduced at the targets,
    /// and the order of the hosts' moves.</summary>
    /// <exception cref="ArgumentException">As of
    /// <see cref="MigrateAsync(EnsemblePlan, CancellationToken)"/>.</exception>
    Task<EnsemblePreview> PreviewAsync(EnsemblePlan plan, CancellationToken cancellationToken = default);

    /// <summary>Starts the migration of several virtual switches and their hosts. A plan that cannot be carried out
    /// gives a migration that ends as Aborted, its last progress saying why.</summary>
    /// <exception cref="ArgumentException">The plan names no switch, names something twice, a value in it is out of its
    /// range, or it moves hosts without a mover.</exception>
    /// <returns>The migration, to watch, await or abort.</returns>
    ValueTask<IEnsembleMigration> MigrateAsync(EnsemblePlan plan, CancellationToken cancellationToken = default);
}
