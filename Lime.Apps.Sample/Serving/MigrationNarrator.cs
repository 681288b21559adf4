using Lime.Apps.Sample.Commands;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Serving;

/// <summary>Says what migrations do, a line for each phase.</summary>
internal sealed class MigrationNarrator(LineQueue lines)
{
    /// <summary>Tells of a migration from its start until it ends.</summary>
    public async Task FollowAsync(IMigration migration)
    {
        MigrationPlan plan = migration.Plan;
        string subject = $"migration {migration.Id}";
        lines.Write($"{subject} started: {plan.Switch} to {plan.Target}, {MigrationWords.ToText(plan.Method)}");
        MigrationPhase? lastPhase = null;
        await foreach (MigrationProgress progress in migration.WatchAsync())
        {
            if (progress.Phase == lastPhase || progress.IsFinal) continue;
            lastPhase = progress.Phase;
            Write(subject, progress);
        }
        Write(subject, await migration.Completion);
    }

    /// <summary>Tells of an ensemble's migration from its start until it ends.</summary>
    public async Task FollowAsync(IEnsembleMigration migration)
    {
        string subject = $"ensemble {migration.Id}";
        lines.Write($"{subject} started: {string.Join(", ", migration.Plan.Switches.Select(each => each.Switch))}, "
            + $"{migration.Plan.Hosts.Length} hosts, {MigrationWords.ToText(migration.Plan.Method)}");
        (MigrationPhase Phase, int Moved)? last = null;
        await foreach (EnsembleProgress progress in migration.WatchAsync())
        {
            if (progress.IsFinal || last == (progress.Phase, progress.HostsMoved)) continue;
            last = (progress.Phase, progress.HostsMoved);
            Write(subject, progress);
        }
        Write(subject, await migration.Completion);
    }

    private void Write(string subject, EnsembleProgress progress)
    {
        string detail = progress.Detail.Length == 0 ? "" : ": " + progress.Detail;
        lines.Write($"{subject} {MigrationWords.ToText(progress.Phase)} after {progress.Elapsed.TotalSeconds:F3} s, "
            + $"rules {progress.RulesCopied}/{progress.RulesTotal}, "
            + $"hosts {progress.HostsMoved}/{progress.Hosts.Length}{detail}");
    }

    /// <summary>Aborts every migration that is under way, and waits for their ends, 10 s at most.</summary>
    public async Task AbortAllAsync(IEnsembleManager ensembles)
    {
        IMigration[] underWay = [.. ensembles.Migrations.Where(each => !each.Progress.IsFinal)];
        foreach (IMigration each in underWay)
            lines.Write($"aborting migration {each.Id} of {each.Plan.Switch}, which is under way");
        Task ends = Task.WhenAll(underWay.Select(each => each.AbortAsync("the controller is being stopped")));
        await Task.WhenAny(ends, Task.Delay(TimeSpan.FromSeconds(10)));
        foreach (IMigration each in underWay.Where(each => !each.Progress.IsFinal))
            lines.Write($"migration {each.Id} has not ended within 10 s; {each.Plan.Switch} may be on two switches");
    }

    private void Write(string subject, MigrationProgress progress)
    {
        string detail = progress.Detail.Length == 0 ? "" : ": " + progress.Detail;
        lines.Write($"{subject} {MigrationWords.ToText(progress.Phase)} after {progress.Elapsed.TotalSeconds:F3} s, "
            + $"rules {progress.RulesCopied}/{progress.RulesTotal}, "
            + $"attachments {progress.AttachmentsMoved}/{progress.AttachmentsTotal}{detail}");
    }
}
