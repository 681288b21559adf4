using Lime.Core.Hosting;
using Lime.Core.Migration;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Does something in the very turn in which a migration is first seen in a phase.</summary>
/// <remarks>It looks from within the controller's loop, again and again: phases can be shorter than the way of a progress
/// report to another thread. So it is for short waits only.</remarks>
internal static class PhaseTrap
{
    /// <returns>What <paramref name="action"/> gave.</returns>
    /// <exception cref="InvalidOperationException">The migration ended without the phase.</exception>
    public static Task<T> SpringAsync<T>(
        LimeController controller, IMigration migration, MigrationPhase phase, Func<T> action)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        controller.Loop.Post(Look);
        return result.Task;

        void Look()
        {
            MigrationProgress progress = migration.Progress;
            if (progress.Phase == phase)
                result.SetResult(action());
            else if (progress.IsFinal)
                result.SetException(new InvalidOperationException($"{phase} was not seen; it ended with {progress}."));
            else
                controller.Loop.Post(Look);
        }
    }
}
