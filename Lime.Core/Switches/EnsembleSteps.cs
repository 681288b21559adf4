using System.Collections.Frozen;
using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>Carries out one migration's steps on the switches.</summary>
/// <remarks>Life cycle: one a migration; <see cref="Release"/> is the last call. Threading: the owner
/// loop's.</remarks>
internal sealed class EnsembleSteps : IMigrationSteps
{
    private readonly SwitchRegistry _registry;
    private readonly IMigrationDriver _run;
    private readonly PlanCheck _check;
    private readonly RuleCopy _copy;
    private readonly AttachmentMover _mover;
    private readonly SourceFreeze _freeze;
    private readonly MigrationWatch _watch;
    private readonly EvidenceCourse _evidence;
    private readonly InstanceDeparture _departure;
    private readonly MigrationTally _tally;
    private readonly TunnelCourse _tunnels;
    private MigrationScope? _scope;
    private Instance? _target;
    private Detour? _detour;
    private bool _isAllMoved;

    public EnsembleSteps(
        SwitchRegistry registry, IMigrationDriver run, MigrationTally tally, EnsembleTies? ties = null)
    {
        _registry = registry;
        _run = run;
        _tally = tally;
        _check = new PlanCheck(registry, run.Plan) { OwnId = run.Id, Ties = ties };
        _copy = new RuleCopy(tally, registry.Limits.CopyBatchRules);
        _mover = new AttachmentMover(registry, tally);
        _freeze = new SourceFreeze(_copy);
        _watch = new MigrationWatch(run, _copy, isAlone: ties is null);
        _evidence = new EvidenceCourse(run.Plan);
        _departure = new InstanceDeparture(registry, _copy, _mover);
        _tunnels = new TunnelCourse(registry);
    }

    private MigrationScope Scope => _scope ?? throw new LimeInvariantException("The plan has not been checked.");

    /// <summary>The instance that it moves from; null before the plan was checked.</summary>
    public Instance? SourceInstance => _scope?.Source;

    /// <summary>The instance that it moves to; null before it is filled.</summary>
    public Instance? TargetInstance => _target;

    /// <summary>The switches outside an ensemble whose rules it rewrites.</summary>
    public IEnumerable<VirtualSwitch> NeighbourSwitches =>
        _scope?.Neighbours.Select(each => each.Instance.VirtualSwitch) ?? [];

    private Instance Target => _target ?? throw new LimeInvariantException("The target is not an instance yet.");

    private bool IsClone => _run.Plan.Method == MigrationMethod.Clone;

    private ImmutableArray<NeighbourEnd> Neighbours => [.. Scope.Neighbours];

    public MigrationPlan? Undo { get; private set; }

    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = new PlanFindings();
        MigrationScope scope = _check.FindScope(findings);
        findings.ThrowIfRefused();
        Reserve(scope);
        _tunnels.Hold(scope);
        _scope = scope;
        _watch.Begin(scope);
        scope.Moved.PortNews.LeadingToSwitches = scope.Attachments
            .Where(each => each.LeadsToSwitch).Select(each => each.VirtualPort).ToFrozenSet();
        await _check.AskSwitchesAsync(scope, findings, cancellationToken);
        findings.ThrowIfRefused();
        // An empty table needs no reconciling, so a target that has taken over can itself be the next source.
        scope.Target.IsReconciled = true;
        await scope.Moved.Statistics.RememberDescriptionAsync();
        await _evidence.PrepareAsync(scope);
        _scope = await _tunnels.OpenAsync(scope);
        return scope.Attachments.Length;
    }

    public async Task CopyRulesAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        await ShareAsync(cancellationToken);
    }

    /// <summary>The target has every rule, and is told of changes; no packet comes to it.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        _target = _registry.AddInstance(Scope.Moved, Scope.Target, Scope.TargetMap);
        _target.IsOnTrial = true;
        if (_target.IsPart) _target.IsReconciled = true;
        var follower = new Follower(_target, IsClone);
        Scope.Moved.Follower = follower;
        await _evidence.PrepareTargetAsync(_target);
        Fence.RaiseOnEmpty(_target);
        await _copy.ConfirmAsync(_target);
        if (IsClone) await Scope.Moved.Discipline.BeginAsync(Scope.Source);
        else Scope.Moved.Buffers.Begin(Scope.Source);
        await Scope.Moved.Timeouts.TakeOverAsync(Scope.Source);
        await ChassisCounters.JoinAsync(_target);
        await _copy.FillAsync(Scope.Moved, follower, cancellationToken);
        if (!IsClone) await _copy.CopyChangesAsync(follower, leftMax: 0, cancellationToken);
        if (IsClone) await RuleCopy.VerifyAsync(Scope.Moved, _target);
    }

    /// <summary>Neighbours take packets from both; cloning, the target takes part from here on.</summary>
    public async Task ShareAsync(CancellationToken cancellationToken)
    {
        foreach (NeighbourEnd end in Neighbours)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A rule that is there twice must not run out in one place and stay in the other.
            await end.Instance.VirtualSwitch.Timeouts.TakeOverAsync(end.Instance);
            await _mover.AcceptBothAsync(end);
        }
        if (IsClone)
        {
            Activate(cancellationToken);
            // What went to one of them without a barrier has to be there before the first packet takes the new way.
            await _copy.ConfirmAsync(Scope.Source);
            await _copy.ConfirmAsync(Target);
        }
        await EvidenceCourse.AwaitInForceAsync(
            [Scope.Source, Target, .. Neighbours.Select(each => each.Instance)], cancellationToken);
        if (IsClone) await OpenTargetAsync(cancellationToken);
    }

    public async Task MoveAttachmentAsync(int index, CancellationToken cancellationToken)
    {
        TimeSpan interval = _run.Plan.AttachmentInterval;
        if (index > 0 && interval > TimeSpan.Zero) await _registry.Loop.WaitAsync(interval, cancellationToken);
        await _tunnels.MoveAsync(Scope.Attachments[index]);
        if (Scope.Attachments[index].Neighbour is not { } end) return;
        await _detour!.MoveAsync(end, cancellationToken);
        await EvidenceCourse.AwaitInForceAsync([end.Instance], cancellationToken);
    }

    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        Scope.Moved.Mode = CloneMode.Frozen;
        await _freeze.FreezeAsync(Scope.Source);
        await EvidenceCourse.AwaitInForceAsync([Scope.Source], cancellationToken);
    }

    public async Task CopyLastStateAsync(CancellationToken cancellationToken)
    {
        await _copy.CopyChangesAsync(Scope.Moved.Follower!, leftMax: 0, cancellationToken);
        await OpenTargetAsync(cancellationToken);
    }

    public async Task MoveAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Neighbours.Select(_mover.SendToTargetAsync));
        await _tunnels.MoveAllAsync(Scope);
        Scope.Moved.Follower = null;
        Scope.Moved.Live.Insert(0, Target);
        Scope.Moved.PortNews.InstancesChanged();
        await EvidenceCourse.AwaitInForceAsync(Neighbours.Select(each => each.Instance), cancellationToken);
        _isAllMoved = true;
        await ConfirmTargetAsync();
    }

    public async Task AwaitDrainAsync(CancellationToken cancellationToken)
    {
        _isAllMoved = true;
        // What only one instance can do, packet-outs among it, the one that stays does from now on.
        Scope.Moved.Lead(Target);
        await InstanceDrain.AwaitQuietAsync(
            Scope.Source, _evidence.QuietTime(Scope.Source), _registry.Loop, cancellationToken);
        await ConfirmTargetAsync();
    }

    public async Task<string> RetireSourceAsync()
    {
        MigrationPlan way = Scope.WayBack(_run.Plan);
        var effort = new BestEffort();
        // It was filled from the table, and that was confirmed.
        Target.IsReconciled = Target.Physical.IsConnected;
        if (!_isAllMoved) await LeaveSourceAsync(effort);
        await Retirement.LeaveToAsync(Scope.Source, Target);
        Target.IsOnTrial = false;
        await Scope.Moved.ControllerFirst.Settled;
        await EvidenceCourse.RemoveAsync(Neighbours.Select(each => each.Instance).Append(Target), effort);
        // While a neighbour may be sending to the source, the others have to take what comes from there.
        if (_mover.Unconfirmed.Count == 0) await SettleAsync(effort, isMoved: true);
        string left = await _departure.LeaveAsync(Scope.Source, effort, () => SettleLateAsync(isMoved: true));
        await effort.DoAsync(() => _watch.PutInOrderAsync(Target));
        _registry.BecameSingle(Target);
        await _tunnels.EndAsync(effort);
        Undo = way;
        return $"{Scope.Moved.Name} is on {Target.Physical.Name}; {left}{effort.Text}";
    }

    public async Task<string> RollBackAsync()
    {
        if (_scope is null) return "";
        var effort = new BestEffort();
        if (_target is null)
        {
            await EvidenceCourse.RemoveAsync(Concerned(Scope), effort);
            await _tunnels.EndAsync(effort);
            return "";
        }
        if (_freeze.IsFrozen) await effort.DoAsync(() => _freeze.ThawAsync(Scope.Source));
        if (Scope.Moved.Live.Count == 1 && Scope.Moved.Mode == CloneMode.Frozen) Scope.Moved.Mode = CloneMode.Single;
        Scope.Moved.Updates.Resume();
        if (_detour is not null) await _detour.AwaitStillAsync();
        foreach (NeighbourEnd end in Neighbours) await effort.DoAsync(() => _mover.SendToSourceAsync(end));
        await TunnelCourse.ReturnAsync(Scope, effort);
        if (_mover.HasMoved)
        {
            await effort.DoAsync(() => EvidenceCourse.AwaitInForceAsync(
                Neighbours.Select(each => each.Instance).Where(each => each.Physical.IsConnected),
                CancellationToken.None));
        }
        Scope.Moved.Updates.Carriers.LeaveTo(Scope.Source);
        await ReturnToSourceAsync(effort);
        await Scope.Moved.ControllerFirst.Settled;
        await EvidenceCourse.RemoveAsync(Concerned(Scope), effort);
        // While a neighbour may be sending to the target, the others have to take what comes from there.
        if (_mover.Unconfirmed.Count == 0) await SettleAsync(effort, isMoved: false);
        string left = await _departure.LeaveAsync(Target, effort, () => SettleLateAsync(isMoved: false));
        await effort.DoAsync(() => _watch.PutInOrderAsync(Scope.Source));
        _registry.BecameSingle(Scope.Source);
        await _tunnels.EndAsync(effort);
        bool isEmpty = Target.Physical.Leftovers.Count == 0;
        return $" {Scope.Moved.Name} is on {Scope.Source.Physical.Name} as before."
            + $"{(isEmpty ? "" : $" {left}")}{effort.Text}";
    }

    public void Release()
    {
        if (_scope is null) return;
        _watch.End();
        _scope.Moved.Updates.End();
        _evidence.End();
        foreach (Instance each in Concerned(_scope)) each.Forgive();
        if (_target is not null)
        {
            _target.Forgive();
            _target.IsOnTrial = false;
        }
        foreach (VirtualSwitch each in SwitchesOf(_scope)) _registry.Reserved.Remove(each);
    }

    /// <summary>From here on the target is told what the source is told: both are live, updates are two-phase. No
    /// packet passes yet.</summary>
    private void Activate(CancellationToken cancellationToken)
    {
        BeginUpdates(cancellationToken);
        Scope.Moved.Follower = null;
        Scope.Moved.Live.Add(Target);
        if (Scope.Source.Course is not null) EntryCourse.Begin(Target, hasForms: true);
        Scope.Moved.PortNews.InstancesChanged();
        Scope.Moved.Mode = CloneMode.Cloned;
    }

    /// <summary>From here on apps' rule changes are made as the plan says. Each phase of one waits for the switches'
    /// word, unless the plan names the evidence that it wants: what fits by itself may take a second.</summary>
    private void BeginUpdates(CancellationToken cancellationToken)
    {
        MigrationPlan plan = _run.Plan;
        _detour = new Detour(
            Scope.Source, Target, Neighbours, _mover, instance => AwaitDetourAsync(instance, cancellationToken));
        // A detour in progress must not hold up the undoing.
        cancellationToken.Register(_detour.Close);
        var account = new UpdateAccount(_registry.Loop, plan.Budgets, Fail, _tally.CostsAre);
        Detour? usual = plan.Guard == GuardMode.Detour ? _detour : null;
        Scope.Moved.Updates.Begin(new UpdateTerms(plan.Guard, account, usual, Fail)
        {
            WaitsForEvidence = plan.Evidence is not null,
        });
    }

    /// <summary>Neighbours have been told to send elsewhere: completes when nothing passes through an instance any
    /// more.</summary>
    private async Task AwaitDetourAsync(Instance left, CancellationToken cancellationToken)
    {
        if (_run.Plan.Evidence is not null)
            await EvidenceCourse.AwaitInForceAsync(Neighbours.Select(each => each.Instance), cancellationToken);
        await InstanceDrain.AwaitQuietAsync(left, _evidence.QuietTime(left), _registry.Loop, cancellationToken);
    }

    private void Fail(string reason) => _run.Handle(new MigrationEvent.StepFailed(reason));

    /// <summary>All its rules are in force: packets that come to the target pass from now on.</summary>
    private async Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        Fence.Remove(Target);
        await _copy.ConfirmAsync(Target);
        await EvidenceCourse.AwaitInForceAsync([Target], cancellationToken);
    }

    /// <summary>The source is lost: neighbours send to the target, as far as they can be told.</summary>
    private async Task LeaveSourceAsync(BestEffort effort)
    {
        if (_detour is not null) await _detour.AwaitStillAsync();
        foreach (NeighbourEnd end in Neighbours) await effort.DoAsync(() => _mover.LeaveSourceAsync(end));
        await effort.DoAsync(() => _tunnels.MoveAllAsync(Scope));
        await effort.DoAsync(() => EvidenceCourse.AwaitInForceAsync(
            Neighbours.Select(each => each.Instance).Where(each => each.Physical.IsConnected), CancellationToken.None));
    }

    /// <summary>It is about to be alone, and may have stalled since it was last told anything.</summary>
    private async Task ConfirmTargetAsync()
    {
        try
        {
            await _copy.ConfirmAsync(Target);
        }
        catch (OpenFlowRequestException)
        {
            Target.GiveUp();
            throw;
        }
    }

    /// <summary>Neighbours have one cable again, and what they have refused meanwhile is made good.</summary>
    private async Task SettleAsync(BestEffort effort, bool isMoved)
    {
        foreach (NeighbourEnd end in Neighbours)
        {
            PortNumber port = isMoved ? end.PortAfter : end.PortBefore;
            await effort.DoAsync(() => _mover.SettleAsync(end, port, _watch.PutInOrderAsync));
        }
    }

    /// <summary>As <see cref="SettleAsync"/>, when the migration is long over.</summary>
    private async Task SettleLateAsync(bool isMoved)
    {
        var effort = new BestEffort();
        await SettleAsync(effort, isMoved);
        await _tunnels.EndAsync(effort);
    }

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
        if (Scope.Source.Physical.IsConnected) Scope.Moved.Lead(Scope.Source);
        // One that is still sent to is not emptied, so its end need not be awaited.
        bool mayFallQuiet = Target.Physical.IsConnected && !Target.IsGivenUp && _mover.Unconfirmed.Count == 0;
        if ((_mover.HasMoved || _tunnels.HasMoved) && mayFallQuiet)
            await _departure.AwaitQuietAsync(Target, _evidence.QuietTime(Target), effort);
        await Retirement.LeaveToAsync(Target, Scope.Source);
    }

    private static IEnumerable<Instance> Concerned(MigrationScope scope) => scope.Attachments
        .Select(each => each.Neighbour?.Instance).OfType<Instance>().Append(scope.Source).Distinct();

    private static IEnumerable<VirtualSwitch> SwitchesOf(MigrationScope scope) =>
        Concerned(scope).Select(each => each.VirtualSwitch).Distinct();

    private void Reserve(MigrationScope scope)
    {
        foreach (VirtualSwitch each in SwitchesOf(scope)) _check.RequireFree(each);
        foreach (VirtualSwitch each in SwitchesOf(scope)) _registry.Reserved[each] = _run.Id;
    }
}
