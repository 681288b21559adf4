namespace Lime.Core.Migration;

/// <summary>The migration of an ensemble, under way or ended.</summary>
/// <remarks>Threading: everything may be called from any thread.</remarks>
public interface IEnsembleMigration
{
    /// <summary>Names it among this controller's migrations, counted from 1 together with those of single
    /// switches.</summary>
    int Id { get; }

    /// <summary>What was asked for.</summary>
    EnsemblePlan Plan { get; }

    /// <summary>Where it stands now.</summary>
    EnsembleProgress Progress { get; }

    /// <summary>Each phase it has entered, in order, as it was then.</summary>
    IReadOnlyList<EnsembleProgress> Timeline { get; }

    /// <summary>The migration that takes everything back, hosts too; null unless it is completed.</summary>
    EnsemblePlan? Undo { get; }

    /// <summary>Completes with the final progress: phase Completed or Aborted; never faults.</summary>
    Task<EnsembleProgress> Completion { get; }

    /// <summary>Its progress as it happens, ending with the final one; a slow reader skips what it
    /// missed.</summary>
    IAsyncEnumerable<EnsembleProgress> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks it to end with everything as it was: hosts that have moved go back, one by one, then the switches.
    /// No effect once the old instances are being retired, nor where one of them is lost.</summary>
    /// <returns>Completes with the final progress.</returns>
    Task<EnsembleProgress> AbortAsync(string reason);
}
