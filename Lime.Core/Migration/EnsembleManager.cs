using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>Keeps the migrations of one controller.</summary>
/// <remarks>Threading: any thread; the migrations themselves live on the owner loop.</remarks>
internal sealed class EnsembleManager(
    TimeProvider time,
    Action<Action> post,
    Func<MigrationRun, MigrationTally, IMigrationSteps> steps,
    Func<MigrationPlan, double, CancellationToken, Task<MigrationPreview>> preview,
    EnsembleLine ensembles) : IEnsembleManager
{
    /// <summary>What is expected of switches while no migration has shown it.</summary>
    private const double FlowModsPerSecond = 20_000;

    /// <summary>Fewer rules say more about round trips than about rates.</summary>
    private const int RulesForRateMin = 200;

    /// <summary>Ended migrations that are kept for people to look at.</summary>
    private const int MigrationsKept = 1000;

    private ImmutableArray<IMigration> _migrations = [];
    private int _lastId;

    public ImmutableArray<IMigration> Migrations => _migrations;

    public ImmutableArray<IEnsembleMigration> EnsembleMigrations => ensembles.Migrations;

    public Task<EnsemblePreview> PreviewAsync(EnsemblePlan plan, CancellationToken cancellationToken = default)
    {
        EnsembleLine.Check(plan);
        var result = new TaskCompletionSource<EnsemblePreview>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(() => _ = CompleteAsync(() => ensembles.Preview(plan, cancellationToken), result));
        return result.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<IEnsembleMigration> MigrateAsync(
        EnsemblePlan plan, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EnsembleLine.Check(plan);
        var run = new EnsembleRun(Interlocked.Increment(ref _lastId), plan, time, post);
        ensembles.Add(run);
        post(() => run.Begin(ensembles.Begin));
        return ValueTask.FromResult<IEnsembleMigration>(run);
    }

    public Task<MigrationPreview> PreviewAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        Check(plan);
        var result = new TaskCompletionSource<MigrationPreview>(TaskCreationOptions.RunContinuationsAsynchronously);
        double rate = MeasuredRate();
        post(() => _ = CompleteAsync(() => preview(plan, rate, cancellationToken), result));
        return result.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<IMigration> MigrateAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Check(plan);
        var run = new MigrationRun(Interlocked.Increment(ref _lastId), plan, time, post);
        ImmutableInterlocked.Update(ref _migrations, static (all, added) => Trim(all.Add(added)), run);
        post(() => run.Begin(steps));
        return ValueTask.FromResult<IMigration>(run);
    }

    /// <summary>The rate at which the last migration with many rules copied them.</summary>
    private double MeasuredRate()
    {
        foreach (IMigration each in _migrations.Reverse())
        {
            MigrationProgress? begun = each.Timeline.FirstOrDefault(past => past.Phase == MigrationPhase.Cloning);
            MigrationProgress? ended = each.Timeline.FirstOrDefault(past => past.Phase == MigrationPhase.Cloned);
            if (begun is null || ended is null || ended.RulesCopied < RulesForRateMin) continue;
            double seconds = (ended.Elapsed - begun.Elapsed).TotalSeconds;
            if (seconds > 0) return ended.RulesCopied / seconds;
        }
        return FlowModsPerSecond;
    }

    private static async Task CompleteAsync<T>(Func<Task<T>> operation, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(await operation());
        }
        catch (Exception exception)
        {
            result.SetException(exception);
        }
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
        plan.Budgets.Validate();
        CheckGuard(plan);
    }

    private static void CheckGuard(MigrationPlan plan)
    {
        if (!Enum.IsDefined(plan.Guard))
            throw new ArgumentOutOfRangeException(nameof(plan), plan.Guard, "Guard has to be one of its values.");
        if (plan.Guard != GuardMode.Serialise && plan.Method == MigrationMethod.FreezeAndCopy)
            throw new ArgumentException(
                "Guard is for cloning; with freeze-and-copy rule changes wait for the one switch.", nameof(plan));
        if (plan.Guard == GuardMode.Detour && plan.Budgets.UpdateTimeMax <= plan.DrainQuietTime)
            throw new ArgumentException(
                "A detour takes longer than DrainQuietTime, so UpdateTimeMax has to be longer too.", nameof(plan));
    }

    private static ImmutableArray<IMigration> Trim(ImmutableArray<IMigration> all)
    {
        if (all.Length <= MigrationsKept) return all;
        IMigration? oldest = all.FirstOrDefault(each => each.Progress.IsFinal);
        return oldest is null ? all : all.Remove(oldest);
    }
}
