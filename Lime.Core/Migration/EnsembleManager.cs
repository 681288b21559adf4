using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>Keeps the migrations of one controller.</summary>
/// <remarks>Threading: any thread; the migrations themselves live on the owner loop.</remarks>
internal sealed class EnsembleManager(
    TimeProvider time,
    Action<Action> post,
    Func<MigrationRun, MigrationTally, IMigrationSteps> steps) : IEnsembleManager
{
    /// <summary>Ended migrations that are kept for people to look at.</summary>
    private const int MigrationsKept = 1000;

    private ImmutableArray<IMigration> _migrations = [];
    private int _lastId;

    public ImmutableArray<IMigration> Migrations => _migrations;

    public ValueTask<IMigration> MigrateAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Check(plan);
        var run = new MigrationRun(Interlocked.Increment(ref _lastId), plan, time, post);
        ImmutableInterlocked.Update(ref _migrations, static (all, added) => Trim(all.Add(added)), run);
        post(() => run.Begin(steps));
        return ValueTask.FromResult<IMigration>(run);
    }

    private static void Check(MigrationPlan plan)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(plan.Switch, nameof(plan));
        if (plan.Deadline < TimeSpan.FromSeconds(1) || plan.Deadline > TimeSpan.FromHours(24))
            throw new ArgumentOutOfRangeException(
                nameof(plan), plan.Deadline, "Deadline has to lie between 1 s and 24 h.");
        if (plan.StepTimeout < TimeSpan.FromSeconds(1) || plan.StepTimeout > TimeSpan.FromHours(24))
            throw new ArgumentOutOfRangeException(
                nameof(plan), plan.StepTimeout, "StepTimeout has to lie between 1 s and 24 h.");
        if (plan.DrainQuietTime < TimeSpan.Zero || plan.DrainQuietTime > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(
                nameof(plan), plan.DrainQuietTime, "DrainQuietTime has to lie between 0 and 1 h.");
        if (plan.AttachmentInterval < TimeSpan.Zero || plan.AttachmentInterval > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(
                nameof(plan), plan.AttachmentInterval, "AttachmentInterval has to lie between 0 and 1 h.");
        if (plan.AttachmentInterval > TimeSpan.Zero && plan.Method == MigrationMethod.FreezeAndCopy)
            throw new ArgumentException(
                "AttachmentInterval is for cloning; freeze-and-copy moves all attachments at once.", nameof(plan));
    }

    private static ImmutableArray<IMigration> Trim(ImmutableArray<IMigration> all)
    {
        if (all.Length <= MigrationsKept) return all;
        IMigration? oldest = all.FirstOrDefault(each => each.Progress.IsFinal);
        return oldest is null ? all : all.Remove(oldest);
    }
}
