using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>The hosts of one ensemble that migrates.</summary>
/// <remarks>Life cycle: <see cref="Prepare"/>, <see cref="JoinAsync"/>, moves, <see cref="LeaveAsync"/>,
/// <see cref="Release"/>. Threading: the owner loop's.</remarks>
internal sealed class EnsembleHosts
{
    private readonly SwitchRegistry _registry;
    private readonly EnsembleRun _run;
    private readonly HostMoving _moving;
    private readonly HashSet<int> _failed = [];
    private readonly Dictionary<string, PortNumber> _sourceHomes = new(StringComparer.Ordinal);
    private ImmutableArray<HostPort> _ports = [];
    private ImmutableArray<HostMove> _moves = [];
    private EnsembleTies? _ties;
    private bool _hasBegun;

    public EnsembleHosts(SwitchRegistry registry, EnsembleRun run)
    {
        _registry = registry;
        _run = run;
        var mover = new AttachmentMover(registry, run.Tally.AddSwitch());
        var placing = new HostPlacing(mover, run.Plan.Evidence is not null);
        _moving = new HostMoving(
            run.Plan, registry.Loop, run.Tally, placing, reason => run.Handle(new EnsembleEvent.StepFailed(reason)));
    }

    /// <summary>Whether a host may have been at a new place.</summary>
    public bool HaveMoved { get; private set; }

    /// <summary>What was met, for the operator.</summary>
    public string Met => _moving.Effort.Text;

    /// <summary>Where the plan's hosts were at first.</summary>
    public ImmutableArray<PortMapping> SourceHomes =>
        [.. _run.Plan.Hosts.Select(each => new PortMapping(each.At.Port, _sourceHomes[each.Name]))];

    /// <summary>The plan holds: finds the order and the places.</summary>
    public ImmutableArray<HostMove> Prepare(EnsembleTies ties)
    {
        _ties = ties;
        _ports =
        [
            .. HostOrdering.Order(_run.Plan)
                .Select(each => new HostPort(each, _registry.FindVirtual(each.At.Switch)!)),
        ];
        _moves = [.. _ports.Select(MoveOf)];
        for (int i = 0; i < _ports.Length; i++) _sourceHomes[_ports[i].Host.Name] = _moves[i].From.Port;
        return _moves;
    }

    /// <summary>Instances deliver to hosts through one another from now on; new places are fenced.</summary>
    public async Task JoinAsync(ImmutableArray<EnsembleMember> members)
    {
        _hasBegun = true;
        foreach (HostPort port in _ports) Join(port, members);
        if (!_moving.IsRelayed) return;
        foreach (HostPort port in _ports) await _moving.Placing.BeginAsync(port, port.At!);
        foreach (Instance each in InstancesOfAll()) await each.Physical.BarrierAsync();
    }

    public async Task MoveAsync(int index, CancellationToken cancellationToken)
    {
        if (index > 0 && _run.Plan.HostInterval > TimeSpan.Zero)
            await _registry.Loop.WaitAsync(_run.Plan.HostInterval, cancellationToken);
        HaveMoved = true;
        HostPort port = _ports[index];
        await RunAsync(index, _moves[index], port.Instances.First(each => each != port.At), cancellationToken);
    }

    public Task ReturnAsync(int index)
    {
        HostPort port = _ports[index];
        HostMove back = _moves[index] with { From = _moves[index].To, To = _moves[index].From };
        return RunAsync(
            index, back, port.Instances.First(each => each != port.At), CancellationToken.None);
    }

    /// <summary>One instance is left of each clone set: nothing goes through another one.</summary>
    public async Task LeaveAsync(IEnumerable<Instance> staying)
    {
        if (!_hasBegun || !_moving.IsRelayed) return;
        foreach (Instance each in staying.Where(each => each.Physical.IsConnected))
        {
            foreach (HostPort port in _ports.Where(port => port.Instances.Contains(each)))
                await _moving.Effort.DoAsync(() => _moving.Placing.EndAsync(port, each));
        }
    }

    public void Release()
    {
        foreach (Instance each in InstancesOfAll()) each.Hosts = null;
        foreach (HostPort each in _ports) each.Switch.PortNews.Release(each.VirtualPort);
    }

    private IEnumerable<Instance> InstancesOfAll() => _ports.SelectMany(each => each.Instances).Distinct();

    private async Task RunAsync(int index, HostMove move, Instance to, CancellationToken stop)
    {
        bool isBack = move != _moves[index];
        if (_failed.Remove(index)) await _registry.Loop.WaitAsync(_run.Plan.HostRetryInterval, stop);
        _run.Tally.HostIs(index, each => new HostMoveReport(each.Host, each.From, each.To)
        {
            State = isBack ? HostMoveState.Returning : HostMoveState.Moving,
            AskedAt = _run.Tally.Now,
        });
        try
        {
            var course = new HostMoveCourse(_moving, _ports[index], to, change => _run.Tally.HostIs(index, change));
            await course.RunAsync(move, stop);
        }
        catch (Exception exception)
        {
            _failed.Add(index);
            _run.Tally.HostIs(
                index, each => each with { State = HostMoveState.Failed, Detail = exception.Message });
            throw;
        }
        HostMoveState ended = isBack ? HostMoveState.Waiting : HostMoveState.Moved;
        _run.Tally.HostIs(index, each => each with { State = ended });
    }

    private void Join(HostPort port, ImmutableArray<EnsembleMember> members)
    {
        EnsembleSteps steps = members.First(each => each.Steps.SourceInstance!.VirtualSwitch == port.Switch).Steps;
        (Instance source, Instance target) = (steps.SourceInstance!, steps.TargetInstance!);
        port.Add(source, _sourceHomes[port.Host.Name]);
        port.Add(target, port.Host.TargetPort);
        port.At = source;
        if (_ties!.PathOf(port.Host.At) is not { } path) return; // The network stands still while hosts move.
        port.AddPath((source, path.AtSource), (target, path.AtTarget));
        foreach (Instance each in port.Instances)
        {
            each.Hosts ??= new HostsAtInstance(each);
            each.Hosts.Add(port);
        }
        port.Restore(source);
        port.FenceAt(target);
        port.Restore(target);
    }

    private HostMove MoveOf(HostPort port)
    {
        Instance source = port.Switch.Primary!;
        EnsembleSwitch member = _run.Plan.Switches.First(each => _registry.FindVirtual(each.Switch) == port.Switch);
        PhysicalSwitch target = _registry.FindPhysical(member.Target)!;
        PortNumber home = source.Map.PlaceOf(port.VirtualPort)?.Home
            ?? throw new MigrationStepException($"{port.Switch.Name} has no port {port.VirtualPort}.");
        return new HostMove(
            port.Host.Name, port.Host.Mac,
            new HostPlace(source.Physical.Name, source.Physical.Datapath, home),
            new HostPlace(target.Name, target.Datapath, port.Host.TargetPort));
    }
}
