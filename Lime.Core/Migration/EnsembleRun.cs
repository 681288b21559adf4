using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Lime.Core.Migration;

/// <summary>Drives the migration of one ensemble: feeds events to the state machine and carries out what it
/// decides.</summary>
/// <remarks>Life cycle: <see cref="Begin"/> once; ends with <see cref="Completion"/>. Threading: lives on the
/// owner loop; the public members may be used from any thread.</remarks>
internal sealed class EnsembleRun : IEnsembleMigration, IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<Action> _post;
    private readonly long _startTimestamp;
    private readonly TaskCompletionSource<EnsembleProgress> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StepWatchdog _watchdog;
    private CancellationTokenSource _stepCancellation = new();
    private ImmutableArray<Channel<EnsembleProgress>> _watchers = [];
    private ImmutableList<EnsembleProgress> _timeline = [];
    private volatile EnsembleProgress _progress = new();
    private IEnsembleSteps? _steps;
    private EnsembleState _state;
    private Task _step = Task.CompletedTask;
    private ITimer? _deadline;

    public EnsembleRun(int id, EnsemblePlan plan, TimeProvider time, Action<Action> post)
    {
        Id = id;
        Plan = plan;
        _time = time;
        _post = post;
        _startTimestamp = time.GetTimestamp();
        Tally = new EnsembleTally(() => _time.GetElapsedTime(_startTimestamp), GotOn);
        var switchPlan = new MigrationPlan("", default) { StepTimeout = plan.StepTimeout };
        _watchdog = new StepWatchdog(switchPlan, time, reason => Handle(new EnsembleEvent.StepFailed(reason)));
        _state = new EnsembleState(MigrationPhase.Preparing, plan.Method);
    }

    public int Id { get; }

    public EnsemblePlan Plan { get; }

    public EnsembleTally Tally { get; }

    public EnsembleProgress Progress => _progress;

    public IReadOnlyList<EnsembleProgress> Timeline => _timeline;

    public EnsemblePlan? Undo => _progress.Phase == MigrationPhase.Completed ? _steps?.Undo : null;

    public Task<EnsembleProgress> Completion => _completion.Task;

    /// <summary>Begins; on the owner loop.</summary>
    public void Begin(Func<EnsembleRun, IEnsembleSteps> steps)
    {
        _steps = steps(this);
        _deadline = _time.CreateTimer(
            static state => ((EnsembleRun)state!).Handle(new EnsembleEvent.DeadlinePassed()),
            this, Plan.Deadline, Timeout.InfiniteTimeSpan);
        Apply(EnsembleMachine.Begin(Plan.Method), isPhaseNew: true);
    }

    /// <summary>Something has happened; on the owner loop.</summary>
    public void Handle(EnsembleEvent happened)
    {
        if (_progress.IsFinal) return; // Late events are harmless, and what was reported as final stays so.
        MigrationPhase before = _state.Phase;
        (EnsembleState Next, ImmutableArray<EnsembleEffect> Effects) transition =
            EnsembleMachine.Next(_state, happened);
        Apply(transition, transition.Next.Phase != before);
    }

    public Task<EnsembleProgress> AbortAsync(string reason)
    {
        _post(() => Handle(new EnsembleEvent.AbortRequested(reason)));
        return Completion;
    }

    public async IAsyncEnumerable<EnsembleProgress> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = Channel.CreateBounded<EnsembleProgress>(
            new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        _post(() => AddWatcher(watcher));
        IAsyncEnumerable<EnsembleProgress> news = watcher.Reader.ReadAllAsync(cancellationToken);
        await foreach (EnsembleProgress progress in news.ConfigureAwait(false)) yield return progress;
    }

    public void Dispose()
    {
        _deadline?.Dispose();
        _watchdog.Dispose();
        _stepCancellation.Dispose();
    }

    private void AddWatcher(Channel<EnsembleProgress> watcher)
    {
        foreach (EnsembleProgress past in _timeline) watcher.Writer.TryWrite(past);
        if (_progress.IsFinal) watcher.Writer.Complete();
        else _watchers = _watchers.Add(watcher);
    }

    private void Apply((EnsembleState Next, ImmutableArray<EnsembleEffect> Effects) transition, bool isPhaseNew)
    {
        _state = transition.Next;
        Report();
        if (isPhaseNew) _timeline = _timeline.Add(_progress);
        if (isPhaseNew && _state.Phase is MigrationPhase.Aborting or MigrationPhase.Retiring) CancelStep();
        foreach (EnsembleEffect effect in transition.Effects)
            _step = CarryOutAsync(effect, _step, _stepCancellation.Token);
        if (isPhaseNew && _progress.IsFinal) End();
    }

    /// <summary>Ends the step under way; those that follow have a token of their own.</summary>
    private void CancelStep()
    {
        CancellationTokenSource ended = _stepCancellation;
        _stepCancellation = new CancellationTokenSource();
        ended.Cancel();
        ended.Dispose();
    }

    private void GotOn()
    {
        _watchdog.GotOn();
        Report();
    }

    private void Report()
    {
        if (_progress.IsFinal) return;
        _progress = Tally.AddTo(new EnsembleProgress
        {
            Phase = _state.Phase,
            Detail = _state.Detail,
            Elapsed = Tally.Now,
            HostsMoved = _state.Moved,
        });
        foreach (Channel<EnsembleProgress> watcher in _watchers) watcher.Writer.TryWrite(_progress);
    }

    private void End()
    {
        Dispose();
        _steps!.Release();
        foreach (Channel<EnsembleProgress> watcher in _watchers) watcher.Writer.Complete();
        _watchers = [];
        _completion.SetResult(_progress);
    }

    private async Task CarryOutAsync(EnsembleEffect effect, Task previous, CancellationToken token)
    {
        await previous;
        EnsembleEvent outcome;
        _watchdog.Watch(LimitOf(effect));
        try
        {
            outcome = await PerformAsync(effect, token);
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

    /// <summary>Hosts' moves have limits of their own, and the last steps have to end by themselves.</summary>
    private TimeSpan LimitOf(EnsembleEffect effect) => effect switch
    {
        EnsembleEffect.RollBack or EnsembleEffect.RetireSources => Timeout.InfiniteTimeSpan,
        EnsembleEffect.AwaitDrain => Timeout.InfiniteTimeSpan,
        EnsembleEffect.MoveHost or EnsembleEffect.ReturnHost => Timeout.InfiniteTimeSpan,
        _ => Plan.StepTimeout,
    };

    private static EnsembleEvent FailureOf(EnsembleEffect effect, string reason) => effect switch
    {
        EnsembleEffect.RollBack => new EnsembleEvent.RolledBack($" Undoing it met: {reason}"),
        EnsembleEffect.RetireSources => new EnsembleEvent.SourcesRetired(
            $"The targets have taken over, but not every source could be emptied: {reason}"),
        EnsembleEffect.MoveHost move => new EnsembleEvent.HostFailed(move.Index, reason),
        EnsembleEffect.ReturnHost back => new EnsembleEvent.HostFailed(back.Index, reason),
        _ => new EnsembleEvent.StepFailed(reason),
    };

    private async Task<EnsembleEvent> PerformAsync(EnsembleEffect effect, CancellationToken token)
    {
        switch (effect)
        {
            case EnsembleEffect.CheckPlan:
                Tally.HostsAre(await _steps!.CheckAsync(token));
                return new EnsembleEvent.Checked(Tally.Hosts.Length);
            case EnsembleEffect.FillTargets:
                await _steps!.FillAsync(token);
                return new EnsembleEvent.Filled();
            case EnsembleEffect.ShareTraffic:
                await _steps!.ShareAsync(token);
                return new EnsembleEvent.Shared();
            case EnsembleEffect.Freeze:
                await _steps!.FreezeAsync(token);
                return new EnsembleEvent.Frozen();
            case EnsembleEffect.CopyLastState:
                await _steps!.CopyLastStateAsync(token);
                return new EnsembleEvent.LastStateCopied();
            case EnsembleEffect.MoveHost move:
                await _steps!.MoveHostAsync(move.Index, token);
                return new EnsembleEvent.HostMoved(move.Index);
            case EnsembleEffect.ReturnHost back:
                await _steps!.ReturnHostAsync(back.Index);
                return new EnsembleEvent.HostReturned(back.Index);
            case EnsembleEffect.MoveNeighbours:
                await _steps!.MoveNeighboursAsync(token);
                return new EnsembleEvent.NeighboursMoved();
            case EnsembleEffect.AwaitDrain:
                await _steps!.AwaitDrainAsync(token);
                return new EnsembleEvent.Drained();
            case EnsembleEffect.RetireSources:
                return new EnsembleEvent.SourcesRetired(await _steps!.RetireSourcesAsync());
            case EnsembleEffect.RollBack:
                return new EnsembleEvent.RolledBack(await _steps!.RollBackAsync());
            default:
                throw new LimeInvariantException($"Unknown effect {effect}.");
        }
    }
}
