using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>Carries out one migration's steps on the switches.</summary>
/// <remarks>Life cycle: one a migration; <see cref="Release"/> is the last call. Threading: the owner
/// loop's.</remarks>
internal sealed class EnsembleSteps : IMigrationSteps
{
    /// <summary>How long undoing waits, beyond the quiet time, for traffic to leave the target.</summary>
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(30);

    private readonly SwitchRegistry _registry;
    private readonly MigrationRun _run;
    private readonly PlanCheck _check;
    private readonly RuleCopy _copy;
    private readonly AttachmentMover _mover;
    private readonly SourceFreeze _freeze;
    private readonly MigrationTally _tally;
    private MigrationScope? _scope;
    private Instance? _target;
    private Detour? _detour;

    public EnsembleSteps(SwitchRegistry registry, MigrationRun run, MigrationTally tally)
    {
        _registry = registry;
        _run = run;
        _tally = tally;
        _check = new PlanCheck(registry, run.Plan);
        _copy = new RuleCopy(tally, registry.Limits.CopyBatchRules);
        _mover = new AttachmentMover(registry, tally);
        _freeze = new SourceFreeze(_copy);
    }

    private MigrationScope Scope => _scope ?? throw new LimeInvariantException("The plan has not been checked.");

    private Instance Target => _target ?? throw new LimeInvariantException("The target is not an instance yet.");

    private TimeSpan QuietTime => _run.Plan.Evidence is { } kind && kind.QuietTime > _run.Plan.DrainQuietTime
        ? kind.QuietTime
        : _run.Plan.DrainQuietTime;

    private bool IsClone => _run.Plan.Method == MigrationMethod.Clone;

    public MigrationPlan? Undo { get; private set; }

    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = new PlanFindings();
        MigrationScope scope = _check.FindScope(findings);
        findings.ThrowIfRefused();
        Reserve(scope);
        _scope = scope;
        scope.Source.Physical.Trouble = reason => _run.Handle(new MigrationEvent.SourceLost(reason));
        scope.Target.Trouble = reason => _run.Handle(new MigrationEvent.TargetLost(reason));
        scope.Target.Refused = (xid, error) => TargetRefused(scope.Target, xid, error);
        await _check.AskSwitchesAsync(scope, findings, cancellationToken);
        findings.ThrowIfRefused();
        // An empty table needs no reconciling, so a target that has taken over can itself be the next source.
        scope.Target.IsReconciled = true;
        await scope.Moved.Statistics.RememberDescriptionAsync();
        return scope.Attachments.Length;
    }

    public async Task CopyRulesAsync(CancellationToken cancellationToken)
    {
        _target = _registry.AddInstance(Scope.Moved, Scope.Target, Scope.TargetMap);
        _target.IsReconciled = true;
        var follower = new Follower(_target, IsClone);
        Scope.Moved.Follower = follower;
        if (IsClone) await Scope.Moved.Discipline.BeginAsync(Scope.Source);
        else Scope.Moved.Buffers.Begin(Scope.Source);
        await Scope.Moved.Timeouts.TakeOverAsync(Scope.Source);
        await ChassisCounters.JoinAsync(_target);
        await _copy.FillAsync(Scope.Moved, follower, cancellationToken);
        if (!IsClone) await _copy.CopyChangesAsync(follower, leftMax: 0, cancellationToken);
        if (IsClone) await RuleCopy.VerifyAsync(Scope.Moved, _target);
        foreach (NeighbourEnd end in Neighbours())
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A rule that is there twice must not run out in one place and stay in the other.
            await end.Instance.VirtualSwitch.Timeouts.TakeOverAsync(end.Instance);
            await _mover.AcceptBothAsync(end);
        }
        if (IsClone) await ActivateTargetAsync(cancellationToken);
    }

    public async Task MoveAttachmentAsync(int index, CancellationToken cancellationToken)
    {
        TimeSpan interval = _run.Plan.AttachmentInterval;
        if (index > 0 && interval > TimeSpan.Zero) await _registry.Loop.WaitAsync(interval, cancellationToken);
        if (Scope.Attachments[index].Neighbour is { } end) await _detour!.MoveAsync(end);
    }

    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        Scope.Moved.Mode = CloneMode.Frozen;
        await _freeze.FreezeAsync(Scope.Source);
    }

    public async Task CopyLastStateAsync(CancellationToken cancellationToken)
    {
        await _copy.CopyChangesAsync(Scope.Moved.Follower!, leftMax: 0, cancellationToken);
        await _copy.ConfirmAsync(Target);
    }

    public async Task MoveAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Neighbours().Select(_mover.SendToTargetAsync));
        Scope.Moved.Follower = null;
        Scope.Moved.Live.Insert(0, Target);
    }

    public Task AwaitDrainAsync(CancellationToken cancellationToken)
    {
        // What only one instance can do, packet-outs among it, the one that stays does from now on.
        Scope.Moved.Live.Reverse();
        return InstanceDrain.AwaitQuietAsync(Scope.Source, QuietTime, _registry.Loop, cancellationToken);
    }

    public async Task<string> RetireSourceAsync()
    {
        MigrationPlan way = WayBack();
        var effort = new BestEffort();
        // It was filled from the table, and that was confirmed.
        Target.IsReconciled = Target.Physical.IsConnected;
        await Retirement.LeaveToAsync(Scope.Source, Target);
        foreach (NeighbourEnd end in Neighbours()) await effort.DoAsync(() => _mover.SettleAsync(end, end.PortAfter));
        bool isEmpty = await IsEmptiedAsync(Scope.Source, effort);
        _registry.RemoveInstance(Scope.Source);
        Undo = way;
        string name = Scope.Source.Physical.Name;
        string left = isEmpty ? $"{name} is empty and a spare." : NotEmptied(name);
        return $"{Scope.Moved.Name} is on {Target.Physical.Name}; {left}{effort.Text}";
    }

    public async Task<string> RollBackAsync()
    {
        if (_scope is null || _target is null) return "";
        var effort = new BestEffort();
        if (_freeze.IsFrozen) await effort.DoAsync(() => _freeze.ThawAsync(Scope.Source));
        if (Scope.Moved.Live.Count == 1 && Scope.Moved.Mode == CloneMode.Frozen) Scope.Moved.Mode = CloneMode.Single;
        Scope.Moved.Updates.Resume();
        if (_detour is not null) await _detour.AwaitStillAsync();
        foreach (NeighbourEnd end in Neighbours()) await effort.DoAsync(() => _mover.SendToSourceAsync(end));
        Scope.Moved.Updates.Carriers.LeaveTo(Scope.Source);
        await ReturnToSourceAsync(effort);
        foreach (NeighbourEnd end in Neighbours()) await effort.DoAsync(() => _mover.SettleAsync(end, end.PortBefore));
        bool isEmpty = await IsEmptiedAsync(Target, effort);
        _registry.RemoveInstance(_target);
        string left = isEmpty ? "" : $" {NotEmptied(Target.Physical.Name)}";
        return $" {Scope.Moved.Name} is on {Scope.Source.Physical.Name} as before.{left}{effort.Text}";
    }

    public void Release()
    {
        if (_scope is null) return;
        Scope.Source.Physical.Trouble = null;
        Scope.Target.Trouble = null;
        Scope.Target.Refused = null;
        Scope.Moved.Updates.End();
        Scope.Source.IsGivenUp = false;
        Scope.Source.Evidence = null;
        if (_target is not null)
        {
            _target.IsGivenUp = false;
            _target.Evidence = null;
        }
        foreach (VirtualSwitch each in Concerned(Scope)) _registry.Reserved.Remove(each);
    }

    /// <summary>A packet's buffer that is gone is between the app and the switch; any other refusal leaves the
    /// target short of something.</summary>
    private void TargetRefused(PhysicalSwitch target, Xid xid, ErrorMessage error)
    {
        bool isAboutBuffer = error.Type == ErrorType.BadRequest
            && error.Code is (ErrorCodes.BufferEmpty or ErrorCodes.BufferUnknown);
        // Others on a shared switch are refused things too.
        bool isOthers = target.Parts?.All.Any(each => each != _target && each.Trail.Find(xid) is not null) == true;
        if (isAboutBuffer || isOthers) return;
        string what = _copy.Find(xid) is { } rule ? $"the rule {rule.Match} priority {rule.Priority}" : "a command";
        _run.Handle(new MigrationEvent.TargetLost(
            $"The target {target.Name} refused {what}: {error.Type}, code {error.Code}."));
    }

    /// <summary>From here on the target carries traffic like the source: both are live, updates are
    /// two-phase.</summary>
    private async Task ActivateTargetAsync(CancellationToken cancellationToken)
    {
        BeginUpdates(cancellationToken);
        Scope.Moved.Follower = null;
        Scope.Moved.Live.Add(Target);
        Scope.Moved.Mode = CloneMode.Cloned;
        // What went to one of them without a barrier has to be there before the first packet takes the new way.
        await _copy.ConfirmAsync(Scope.Source);
        await _copy.ConfirmAsync(Target);
        if (_run.Plan.Evidence is not { } kind) return;
        foreach (Instance each in Scope.Moved.Live) each.Evidence = new InstanceEvidence(each, kind, cancellationToken);
        await Task.WhenAll(Scope.Moved.Live.Select(each => each.Evidence!.AwaitInForceAsync()));
    }

    /// <summary>From here on apps' rule changes are made as the plan says.</summary>
    private void BeginUpdates(CancellationToken cancellationToken)
    {
        MigrationPlan plan = _run.Plan;
        _detour = new Detour(
            Scope.Source, Target, [.. Neighbours()], _mover,
            instance => InstanceDrain.AwaitQuietAsync(
                instance, QuietTime, _registry.Loop, cancellationToken));
        // A detour in progress must not hold up the undoing.
        cancellationToken.Register(_detour.Close);
        var account = new UpdateAccount(_registry.Loop, plan.Budgets, Fail, _tally.CostsAre);
        Detour? usual = plan.Guard == GuardMode.Detour ? _detour : null;
        Scope.Moved.Updates.Begin(new UpdateTerms(plan.Guard, account, usual, Fail)
        {
            WaitsForEvidence = plan.Evidence is not null,
        });
    }

    private void Fail(string reason) => _run.Handle(new MigrationEvent.AbortRequested(reason));

    /// <summary>Empties an instance now, or, if that fails, when it connects again.</summary>
    private async Task<bool> IsEmptiedAsync(Instance instance, BestEffort effort)
    {
        PhysicalSwitch physical = instance.Physical;
        physical.HasLeftovers = true;
        if (!physical.IsConnected) return false;
        await effort.DoAsync(async () =>
        {
            if (_freeze.IsFrozen && instance == Scope.Source) _freeze.RemoveDrop(instance);
            await _copy.EmptyAsync(Scope.Moved, instance);
            physical.HasLeftovers = false;
        });
        return !physical.HasLeftovers;
    }

    /// <summary>The same migration back: every port to the place it had.</summary>
    private MigrationPlan WayBack() => _run.Plan with
    {
        Target = Scope.Source.Physical.Datapath,
        TargetPorts =
        [
            .. Scope.Attachments.Where(each => each.SourcePortOf(Scope) is not null)
                .Select(each => new PortMapping(each.VirtualPort, each.SourcePortOf(Scope)!.Value)),
        ],
    };

    private static string NotEmptied(string name) => $"{name} is emptied when it connects again.";

    /// <summary>The source is the only instance again; what passed through the target stays
    /// counted.</summary>
    private async Task ReturnToSourceAsync(BestEffort effort)
    {
        bool isTargetLive = Scope.Moved.Live.Contains(Target);
        Scope.Moved.Follower = null;
        if (!isTargetLive)
        {
            await Scope.Moved.Discipline.EndAsync(Scope.Source);
            return;
        }
        if (Scope.Moved.Live[0] == Target) Scope.Moved.Live.Reverse();
        if (_mover.HasMoved && Target.Physical.IsConnected)
        {
            // A neighbour that could not be reached may go on sending there: not for ever.
            using var patience = new CancellationTokenSource(
                ReturnPatience + QuietTime, _registry.Loop.Time);
            await effort.DoAsync(() => InstanceDrain.AwaitQuietAsync(
                Target, QuietTime, _registry.Loop, patience.Token));
        }
        await Retirement.LeaveToAsync(Target, Scope.Source);
    }

    private IEnumerable<NeighbourEnd> Neighbours() => Scope.Neighbours;

    private static IEnumerable<VirtualSwitch> Concerned(MigrationScope scope) => scope.Attachments
        .Select(each => each.Neighbour?.Instance.VirtualSwitch).OfType<VirtualSwitch>().Append(scope.Moved).Distinct();

    private void Reserve(MigrationScope scope)
    {
        foreach (VirtualSwitch each in Concerned(scope)) _check.RequireFree(each);
        foreach (VirtualSwitch each in Concerned(scope)) _registry.Reserved[each] = _run.Id;
    }
}
