using Lime.Core.Hosting;
using Lime.Core.Migration;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Does something in the very turn in which a migration is first seen to be so
/// far.</summary>
/// <remarks>It looks from within the controller's loop, again and again: phases can be shorter than
/// the way of a progress report to another thread. So it is for short waits only.</remarks>
internal static class PhaseTrap
{
    /// <inheritdoc cref="SpringAsync{T}(LimeController, IMigration, Func{MigrationProgress, bool},
    /// Func{T})"/>
    public static Task<T> SpringAsync<T>(
        LimeController controller, IMigration migration, MigrationPhase phase, Func<T> action) =>
        SpringAsync(controller, migration, progress => progress.Phase == phase, action);

    /// <returns>What <paramref name="action"/> gave.</returns>
    /// <exception cref="InvalidOperationException">The migration ended before that.</exception>
    public static Task<T> SpringAsync<T>(
        LimeController controller, IMigration migration, Func<MigrationProgress, bool> holds, Func<T> action) =>
        SpringAsync(controller, migration, holds, action, TimeSpan.Zero);

    /// <summary>As above, looking at intervals, so that the loop has time for the migration.</summary>
    /// <param name="controller">Whose loop.</param>
    /// <param name="migration">What is looked at.</param>
    /// <param name="holds">Whether it is so far.</param>
    /// <param name="action">What is done then.</param>
    /// <param name="pause">From one look to the next; 0: a turn.</param>
    public static Task<T> SpringAsync<T>(
        LimeController controller, IMigration migration, Func<MigrationProgress, bool> holds, Func<T> action,
        TimeSpan pause)
    {
        ITimer? timer = null;
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        controller.Loop.Post(Look);
        return result.Task;

        void Look()
        {
            MigrationProgress progress = migration.Progress;
            if (holds(progress))
                result.SetResult(action());
            else if (progress.IsFinal)
                result.SetException(new InvalidOperationException($"It ended without that: {progress}."));
            else if (pause == TimeSpan.Zero)
                controller.Loop.Post(Look);
            else
                timer = controller.Loop.Time.CreateTimer(_ => LookAgain(), null, pause, Timeout.InfiniteTimeSpan);
        }

        void LookAgain()
        {
            timer?.Dispose();
            Look();
        }
    }
}
