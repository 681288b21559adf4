using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>Carries out what <see cref="EnsembleMachine"/> decides, for one plan; the switches' and hosts' side of an
/// ensemble's migration.</summary>
/// <remarks>One step at a time. A step that cannot be done throws <see cref="MigrationStepException"/>; a host whose
/// move fails is where it was. Threading: the owner loop's.</remarks>
internal interface IEnsembleSteps
{
    /// <summary>The migration that takes everything back, once the sources are retired.</summary>
    EnsemblePlan? Undo { get; }

    /// <summary>Checks the plan, reserves what it needs.</summary>
    /// <returns>The hosts' moves, in order.</returns>
    Task<ImmutableArray<HostMove>> CheckAsync(CancellationToken cancellationToken);

    Task FillAsync(CancellationToken cancellationToken);

    Task ShareAsync(CancellationToken cancellationToken);

    Task FreezeAsync(CancellationToken cancellationToken);

    Task CopyLastStateAsync(CancellationToken cancellationToken);

    Task MoveHostAsync(int index, CancellationToken cancellationToken);

    Task ReturnHostAsync(int index);

    Task MoveNeighboursAsync(CancellationToken cancellationToken);

    Task AwaitDrainAsync(CancellationToken cancellationToken);

    /// <summary>Cannot be cancelled.</summary>
    /// <returns>A sentence for the operator.</returns>
    Task<string> RetireSourcesAsync();

    /// <summary>Undoes what was done so far, with whichever switches are left; hosts are where they were. Cannot be
    /// cancelled.</summary>
    /// <returns>A sentence for the operator, or nothing.</returns>
    Task<string> RollBackAsync();

    /// <summary>Gives back what was reserved; the last call.</summary>
    void Release();
}
