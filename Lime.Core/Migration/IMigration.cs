namespace Lime.Core.Migration;

/// <summary>A migration under way, or one that has ended.</summary>
/// <remarks>Threading: everything may be called from any thread.</remarks>
public interface IMigration
{
    /// <summary>Names it among this controller's migrations, counted from 1.</summary>
    int Id { get; }

    /// <summary>What was asked for.</summary>
    MigrationPlan Plan { get; }

    /// <summary>Where it stands now.</summary>
    MigrationProgress Progress { get; }

    /// <summary>Each phase it has entered, in order, as it was then.</summary>
    IReadOnlyList<MigrationProgress> Timeline { get; }

    /// <summary>The migration that takes it back, to be started like any other; null unless it is completed.</summary>
    MigrationPlan? Undo { get; }

    /// <summary>Completes with the final progress: phase Completed or Aborted; never faults.</summary>
    Task<MigrationProgress> Completion { get; }

    /// <summary>Its progress as it happens, ending with the final one; a slow reader skips what it
    /// missed.</summary>
    IAsyncEnumerable<MigrationProgress> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks it to end with the source as it was; no effect once the source is being
    /// retired.</summary>
    /// <returns>Completes with the final progress.</returns>
    Task<MigrationProgress> AbortAsync(string reason);
}
