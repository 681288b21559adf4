using Lime.Core.Migration;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>The migrations of a run, one behind the other: there, back, elsewhere, aborted halfway.</summary>
/// <remarks>Threading: the loop's.</remarks>
internal sealed class MigrationScript(SimulatedNetwork network, Scenario scenario, Random dice)
{
    /// <summary>As many commands of an app as are carried out for sure while the source falls quiet.</summary>
    private const int WaitingMax = 4;

    private readonly List<MigrationProgress> _ended = [];
    private IMigration? _current;
    private bool _isStopped;
    private bool _isEnding;

    /// <summary>Where the switch is now, by candidate.</summary>
    public int Place { get; private set; }

    /// <summary>Where it is moving to; null: it rests.</summary>
    public int? Target { get; private set; }

    /// <summary>When the migration under way, or the last one, began.</summary>
    public TimeSpan BegunAt { get; private set; }

    /// <summary>Since when the switch has been where it is now.</summary>
    public TimeSpan PlaceSince { get; private set; }

    /// <summary>Whether a migration is under way that has the source's rules to copy, or two instances.</summary>
    public bool HasSource => Target is not null
        && _current?.Progress.Phase is MigrationPhase.Cloning or MigrationPhase.Cloned or MigrationPhase.Draining;

    /// <summary>Whether a clone lives that has all that the source has.</summary>
    public bool HasClone => HasSource && _current is
    {
        Plan.Method: MigrationMethod.Clone, Progress.Phase: MigrationPhase.Cloned or MigrationPhase.Draining,
    };

    /// <summary>Whether the source still carries traffic, or may again.</summary>
    public bool IsBeforeRetirement => _current?.Progress.Phase < MigrationPhase.Retiring;

    /// <summary>As <see cref="IsBeforeRetirement"/>, and for longer than it takes Lime to see that the target is
    /// lost.</summary>
    public bool IsLongBeforeRetirement => _current is { } current && current.Progress.Phase
        <= (current.Plan.Method == MigrationMethod.Clone ? MigrationPhase.Cloned : MigrationPhase.Cloning);

    /// <summary>Whether rules that are changed now are in force when Lime says so, though no switch's word is true:
    /// both
    /// instances live, and the plan asks for evidence. What waits at the end of that is carried out as on a single
    /// switch, which lies; so the last changes come early enough.</summary>
    public bool MayChangeRules => !_isEnding && scenario.Evidence is not null
        && _current is { Plan.Method: MigrationMethod.Clone, Progress.Phase: MigrationPhase.Cloned }
        && (network.Moved.Updates.IsIdle || (scenario.DurationMs < 1000 && network.Log.Unclaimed < WaitingMax));

    public IReadOnlyList<MigrationProgress> Ended => _ended;

    public Task Done { get; private set; } = Task.CompletedTask;

    public void Start() => Done = RunAsync();

    /// <summary>No further migration is begun.</summary>
    public void Stop() => _isStopped = true;

    private async Task RunAsync()
    {
        int count = dice.Next(1, 4);
        for (int i = 0; i < count && !_isStopped; i++)
        {
            await network.Bed.Loop.DelayAsync(5 + (30 * dice.NextDouble()));
            if (!_isStopped) await MigrateAsync();
        }
    }

    private async Task MigrateAsync()
    {
        int target = (Place + dice.Next(1, scenario.Spares + 1)) % (scenario.Spares + 1);
        MigrationMethod method = dice.Next(5) == 0 ? MigrationMethod.FreezeAndCopy : MigrationMethod.Clone;
        var plan = new MigrationPlan(SimulatedNetwork.MovedName, SimulatedNetwork.DatapathOf(target))
        {
            Method = method,
            DrainQuietTime = TimeSpan.FromMilliseconds(scenario.IsLagging ? 100 : 20),
            Deadline = TimeSpan.FromSeconds(20),
            Evidence = scenario.Evidence,
            AttachmentInterval = TimeSpan.FromMilliseconds(
                method == MigrationMethod.Clone && dice.Next(2) == 0 ? AttachmentMsMax * dice.NextDouble() : 0),
        };
        var cause = $"freeze-and-copy {_ended.Count}";
        if (method == MigrationMethod.FreezeAndCopy) network.Log.Add(new LossBegan(network.Log.Now, cause));
        network.Log.Remark($"migration to p{target} by {method} begins");
        Target = target;
        BegunAt = network.Log.Now;
        IMigration migration = await network.Bed.Controller.Ensembles.MigrateAsync(plan);
        _current = migration;
        _isEnding = false;
        bool isAborted = dice.Next(5) == 0;
        if (isAborted) Timers.After(network.Bed.Loop, 60 * dice.NextDouble(), () => Abort(migration));
        MigrationProgress end = await migration.Completion;
        Target = null;
        if (end.Phase == MigrationPhase.Completed) (Place, PlaceSince) = (target, BegunAt);
        _ended.Add(end);
        network.Log.Remark($"migration to p{target} ended: {end.Phase} {end.Detail}");
        if (method != MigrationMethod.FreezeAndCopy) return;
        network.Log.Add(new LossEnded(network.Log.Now, cause)
        {
            MetersBeganAnew = end.Phase == MigrationPhase.Completed,
        });
    }

    private double AttachmentMsMax => scenario.IsLagging ? 60 : 20;

    private void Abort(IMigration migration)
    {
        if (migration.Progress.IsFinal) return;
        _isEnding = true;
        if (scenario.IsLagging && !network.Moved.Updates.IsIdle)
        {
            Timers.After(network.Bed.Loop, 1, () => Abort(migration));
            return;
        }
        network.Log.Remark("the operator aborts");
        _ = migration.AbortAsync("the operator's wish");
    }
}
