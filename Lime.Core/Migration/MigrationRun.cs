using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Lime.Core.Migration;

/// <summary>Drives one migration: feeds events to the state machine and carries out what it
/// decides.</summary>
/// <remarks>Life cycle: <see cref="Begin"/> once; ends with <see cref="Completion"/>. Threading: lives on the
/// owner loop; the public members may be used from any thread.</remarks>
internal sealed class MigrationRun : IMigration, IMigrationDriver, IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<Action> _post;
    private readonly long _startTimestamp;
    private readonly TaskCompletionSource<MigrationProgress> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stepCancellation = new();
    private readonly MigrationTally _tally;
    private readonly StepWatchdog _watchdog;
    private ImmutableArray<Channel<MigrationProgress>> _watchers = [];
    private ImmutableList<MigrationProgress> _timeline = [];
    private volatile MigrationProgress _progress = new();
    private IMigrationSteps? _steps;
    private MigrationState _state;
    private Task _step = Task.CompletedTask;
    private ITimer? _deadline;

    public MigrationRun(int id, MigrationPlan plan, TimeProvider time, Action<Action> post)
    {
        Id = id;
        Plan = plan;
        _time = time;
        _post = post;
        _startTimestamp = time.GetTimestamp();
        _tally = new MigrationTally(GotOn, NoteCosts);
        _watchdog = new StepWatchdog(plan, time, reason => Handle(new MigrationEvent.StepFailed(reason)));
        _state = new MigrationState(MigrationPhase.Preparing, plan.Method);
    }

    public int Id { get; }

    public MigrationPlan Plan { get; }

    public MigrationProgress Progress => _progress;

    public IReadOnlyList<MigrationProgress> Timeline => _timeline;

    public MigrationPlan? Undo => _progress.Phase == MigrationPhase.Completed ? _steps?.Undo : null;

    public Task<MigrationProgress> Completion => _completion.Task;

    /// <summary>Begins; on the owner loop.</summary>
    public void Begin(Func<MigrationRun, MigrationTally, IMigrationSteps> steps)
    {
        _steps = steps(this, _tally);
        _deadline = _time.CreateTimer(
            static state => ((MigrationRun)state!).Handle(new MigrationEvent.DeadlinePassed()),
            this, Plan.Deadline, Timeout.InfiniteTimeSpan);
        Apply(MigrationMachine.Begin(Plan.Method), isPhaseNew: true);
    }

    /// <summary>Something has happened; on the owner loop.</summary>
    public void Handle(MigrationEvent migrationEvent)
    {
        if (_progress.IsFinal) return; // Late events are harmless, and what was reported as final stays so.
        MigrationPhase before = _state.Phase;
        (MigrationState Next, ImmutableArray<MigrationEffect> Effects) transition =
            MigrationMachine.Next(_state, migrationEvent);
        Apply(transition, transition.Next.Phase != before);
    }

    public Task<MigrationProgress> AbortAsync(string reason)
    {
        _post(() => Handle(new MigrationEvent.AbortRequested(reason)));
        return Completion;
    }

    public async IAsyncEnumerable<MigrationProgress> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = Channel.CreateBounded<MigrationProgress>(
            new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        _post(() => AddWatcher(watcher));
        IAsyncEnumerable<MigrationProgress> news = watcher.Reader.ReadAllAsync(cancellationToken);
        await foreach (MigrationProgress progress in news.ConfigureAwait(false)) yield return progress;
    }

    private void AddWatcher(Channel<MigrationProgress> watcher)
    {
        foreach (MigrationProgress past in _timeline) watcher.Writer.TryWrite(past);
        if (_progress.IsFinal) watcher.Writer.Complete();
        else _watchers = _watchers.Add(watcher);
    }

    private void Apply((MigrationState Next, ImmutableArray<MigrationEffect> Effects) transition, bool isPhaseNew)
    {
        _state = transition.Next;
        Report();
        if (isPhaseNew) _timeline = _timeline.Add(_progress);
        foreach (MigrationEffect effect in transition.Effects)
        {
            if (effect is MigrationEffect.RollBack or MigrationEffect.RetireSource) _stepCancellation.Cancel();
            _step = CarryOutAsync(effect, _step);
        }
        if (isPhaseNew && _progress.IsFinal) End();
    }

    private void GotOn()
    {
        _watchdog.GotOn();
        Report();
    }

    private void Report()
    {
        _progress = new MigrationProgress
        {
            Phase = _state.Phase,
            Detail = _state.Detail,
            Elapsed = _time.GetElapsedTime(_startTimestamp),
            RulesTotal = _tally.RulesTotal,
            RulesCopied = _tally.RulesCopied,
            AttachmentsTotal = _state.Attachments,
            AttachmentsMoved = _state.Moved,
            Barriers = _tally.Barriers,
            FlowMods = _tally.FlowMods,
            Costs = _tally.Costs,
        };
        foreach (Channel<MigrationProgress> watcher in _watchers) watcher.Writer.TryWrite(_progress);
    }

    /// <summary>For who looks; an update a millisecond is too much for those who watch.</summary>
    private void NoteCosts()
    {
        if (!_progress.IsFinal) _progress = _progress with { Costs = _tally.Costs };
    }

    public void Dispose()
    {
        _deadline?.Dispose();
        _watchdog.Dispose();
        _stepCancellation.Dispose();
    }

    private void End()
    {
        Dispose();
        _steps!.Release();
        foreach (Channel<MigrationProgress> watcher in _watchers) watcher.Writer.Complete();
        _watchers = [];
        _completion.SetResult(_progress);
    }

    private async Task CarryOutAsync(MigrationEffect effect, Task previous)
    {
        await previous;
        MigrationEvent outcome;
        _watchdog.Watch(effect);
        try
        {
            outcome = await PerformAsync(effect);
        }
        catch (Exception exception)
        {
            // The blast radius of a step is its migration, whatever went wrong in it.
            outcome = FailureOf(effect, exception.Message);
        }
        _watchdog.Rest();
        // Not from within the transition that asked for this effect: a step may end at once.
        _post(() => Handle(outcome));
    }

    private static MigrationEvent FailureOf(MigrationEffect effect, string reason) => effect switch
    {
        MigrationEffect.RollBack => new MigrationEvent.RolledBack($" Undoing it met: {reason}"),
        MigrationEffect.RetireSource => new MigrationEvent.SourceRetired(
            $"The target has taken over, but the source could not be emptied: {reason}"),
        _ => new MigrationEvent.StepFailed(reason),
    };

    private async Task<MigrationEvent> PerformAsync(MigrationEffect effect)
    {
        CancellationToken token = _stepCancellation.Token;
        switch (effect)
        {
            case MigrationEffect.CheckPlan:
                return new MigrationEvent.Checked(await _steps!.CheckAsync(token));
            case MigrationEffect.CopyRules:
                await _steps!.CopyRulesAsync(token);
                return new MigrationEvent.RulesCopied();
            case MigrationEffect.MoveAttachment move:
                await _steps!.MoveAttachmentAsync(move.Index, token);
                return new MigrationEvent.AttachmentMoved(move.Index);
            case MigrationEffect.Freeze:
                await _steps!.FreezeAsync(token);
                return new MigrationEvent.Frozen();
            case MigrationEffect.CopyLastState:
                await _steps!.CopyLastStateAsync(token);
                return new MigrationEvent.LastStateCopied();
            case MigrationEffect.MoveAll:
                await _steps!.MoveAllAsync(token);
                return new MigrationEvent.AllMoved();
            case MigrationEffect.AwaitDrain:
                await _steps!.AwaitDrainAsync(token);
                return new MigrationEvent.Drained();
            case MigrationEffect.RetireSource:
                return new MigrationEvent.SourceRetired(await _steps!.RetireSourceAsync());
            case MigrationEffect.RollBack:
                return new MigrationEvent.RolledBack(await _steps!.RollBackAsync());
            default:
                throw new LimeInvariantException($"Unknown effect {effect}.");
        }
    }
}
