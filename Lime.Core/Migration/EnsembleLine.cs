using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>Keeps the ensembles' migrations of one controller.</summary>
/// <param name="Begin">Makes the steps of one.</param>
/// <param name="Preview">Looks at a plan without doing anything.</param>
/// <remarks>Threading: any thread; the migrations themselves live on the owner loop.</remarks>
internal sealed record EnsembleLine(
    Func<EnsembleRun, IEnsembleSteps> Begin,
    Func<EnsemblePlan, CancellationToken, Task<EnsemblePreview>> Preview)
{
    private const int MigrationsKept = 100;

    private ImmutableArray<IEnsembleMigration> _migrations = [];

    public ImmutableArray<IEnsembleMigration> Migrations => _migrations;

    public void Add(EnsembleRun run) =>
        ImmutableInterlocked.Update(ref _migrations, static (all, added) => Trim(all.Add(added)), run);

    /// <exception cref="ArgumentException">The plan names nothing, names something twice, or a value in it is out of
    /// its range.</exception>
    public static void Check(EnsemblePlan plan)
    {
        if (plan.Switches.IsDefaultOrEmpty) throw new ArgumentException("Switches has to name one.", nameof(plan));
        foreach (EnsembleSwitch each in plan.Switches)
            ArgumentException.ThrowIfNullOrWhiteSpace(each.Switch, nameof(plan));
        CheckOnce(plan.Switches.Select(each => each.Switch), "switch");
        CheckOnce(plan.Switches.Select(each => each.Target.ToString()), "target");
        CheckOnce(plan.Hosts.Select(each => each.Name), "host");
        CheckOnce(plan.Hosts.Select(each => each.At.ToString()), "port of a host");
        if (plan.Hosts.Length > 0 && plan.Mover is null)
            throw new ArgumentException("Mover has to be given where hosts move.", nameof(plan));
        CheckTime(plan.Deadline, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), nameof(plan.Deadline));
        CheckTime(plan.HostMoveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), nameof(plan.HostMoveTimeout));
        CheckTime(plan.StepTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), nameof(plan.StepTimeout));
        CheckTime(plan.DrainQuietTime, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(plan.DrainQuietTime));
        CheckTime(plan.HostInterval, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(plan.HostInterval));
        CheckTime(
            plan.HostRetryInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1),
            nameof(plan.HostRetryInterval));
        plan.Budgets.Validate();
        CheckChoices(plan);
    }

    private static void CheckChoices(EnsemblePlan plan)
    {
        if (!Enum.IsDefined(plan.Guard) || !Enum.IsDefined(plan.Method) || !Enum.IsDefined(plan.Order))
            throw new ArgumentOutOfRangeException(nameof(plan), "Guard, Method and Order have to be of their values.");
        if (plan.Guard == GuardMode.Detour)
            throw new ArgumentException("Guard can't be a detour where hosts or several switches move.", nameof(plan));
        if (plan.Guard != GuardMode.Serialise && plan.Method == MigrationMethod.FreezeAndCopy)
            throw new ArgumentException("Guard is for cloning.", nameof(plan));
        if (plan.Traffic.Any(each => !(each.Rate >= 0) || double.IsInfinity(each.Rate)))
            throw new ArgumentOutOfRangeException(nameof(plan), "Traffic has a rate that is not a number from 0.");
        var names = plan.Hosts.Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        if (plan.Traffic.FirstOrDefault(each => !names.Contains(each.A) || !names.Contains(each.B)) is { } stranger)
            throw new ArgumentException(
                $"Traffic names hosts that the plan doesn't move: {stranger.A}, {stranger.B}.", nameof(plan));
    }

    private static void CheckOnce(IEnumerable<string> names, string kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string each in names)
        {
            if (!seen.Add(each)) throw new ArgumentException($"The {kind} {each} is named twice.", kind);
        }
    }

    private static void CheckTime(TimeSpan time, TimeSpan least, TimeSpan most, string name)
    {
        if (time < least || time > most)
            throw new ArgumentOutOfRangeException(name, time, $"{name} has to lie between {least} and {most}.");
    }

    private static ImmutableArray<IEnsembleMigration> Trim(ImmutableArray<IEnsembleMigration> all)
    {
        if (all.Length <= MigrationsKept) return all;
        IEnsembleMigration? oldest = all.FirstOrDefault(each => each.Progress.IsFinal);
        return oldest is null ? all : all.Remove(oldest);
    }
}
