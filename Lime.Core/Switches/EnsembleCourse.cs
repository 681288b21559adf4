using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.Core.Networks;

namespace Lime.Core.Switches;

/// <summary>Carries out the migration of one ensemble: the steps of its switches, together, and those of its
/// hosts.</summary>
/// <remarks>Life cycle: one a migration; <see cref="Release"/> is the last call. Threading: the owner loop's.</remarks>
internal sealed class EnsembleCourse : IEnsembleSteps
{
    /// <summary>How long undoing waits, beyond the quiet time, for packets to leave the targets.</summary>
    private static readonly TimeSpan ReturnPatience = TimeSpan.FromSeconds(30);

    private readonly SwitchRegistry _registry;
    private readonly EnsembleRun _run;
    private readonly EnsembleHosts _hosts;
    private ImmutableArray<EnsembleMember> _members = [];

    public EnsembleCourse(SwitchRegistry registry, EnsembleRun run)
    {
        _registry = registry;
        _run = run;
        _hosts = new EnsembleHosts(registry, run);
    }

    public EnsemblePlan? Undo { get; private set; }

    public async Task<ImmutableArray<HostMove>> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = new PlanFindings();
        EnsembleTies ties = EnsembleTies.Find(_registry, _run.Plan, findings);
        findings.ThrowIfRefused();
        _members = [.. _run.Plan.Switches.Select(each => new EnsembleMember(_registry, _run, each, ties))];
        List<string> refusals = [];
        foreach (EnsembleMember each in _members)
        {
            try
            {
                each.Attachments = await each.Steps.CheckAsync(cancellationToken);
            }
            catch (MigrationStepException refusal)
            {
                refusals.Add(refusal.Message);
            }
        }
        if (refusals.Count > 0) throw new MigrationStepException(string.Join(' ', refusals.Distinct()));
        return _hosts.Prepare(ties);
    }

    public Task FillAsync(CancellationToken cancellationToken) =>
        EachAsync(each => each.Steps.FillAsync(cancellationToken));

    public async Task ShareAsync(CancellationToken cancellationToken)
    {
        await _hosts.JoinAsync(_members);
        await EachAsync(each => each.Steps.ShareAsync(cancellationToken));
    }

    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        await EachAsync(each => each.Steps.ShareAsync(cancellationToken));
        await _hosts.JoinAsync(_members);
        await EachAsync(each => each.Steps.FreezeAsync(cancellationToken));
    }

    public Task CopyLastStateAsync(CancellationToken cancellationToken) =>
        EachAsync(each => each.Steps.CopyLastStateAsync(cancellationToken));

    public Task MoveHostAsync(int index, CancellationToken cancellationToken) =>
        _hosts.MoveAsync(index, cancellationToken);

    public Task ReturnHostAsync(int index) => _hosts.ReturnAsync(index);

    public async Task MoveNeighboursAsync(CancellationToken cancellationToken)
    {
        foreach (EnsembleMember each in _members) await each.MoveNeighboursAsync(cancellationToken);
    }

    public Task AwaitDrainAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. _members.Select(each => each.Steps.AwaitDrainAsync(cancellationToken)),
        .. _members.Select(each => QuietWatch.AwaitAsync(
            each.Steps.SourceInstance!, QuietTime(each.Steps.SourceInstance!), _registry.Loop, cancellationToken)),
    ]);

    public async Task<string> RetireSourcesAsync()
    {
        ImmutableArray<PortMapping> homes = _hosts.SourceHomes;
        List<string> said = [];
        // One by one: they may have neighbours in common.
        foreach (EnsembleMember each in _members) said.Add(await each.Steps.RetireSourceAsync());
        await _hosts.LeaveAsync(_members.Select(each => each.Steps.TargetInstance!));
        Undo = UndoOf(homes);
        return string.Join(' ', said) + _hosts.Met;
    }

    public async Task<string> RollBackAsync()
    {
        await AwaitTargetsAsync();
        List<string> said = [];
        foreach (EnsembleMember each in _members.Reverse()) said.Add(await each.Steps.RollBackAsync());
        await _hosts.LeaveAsync(_members.Select(each => each.Steps.SourceInstance).OfType<Instance>());
        return string.Concat(said) + _hosts.Met;
    }

    public void Release()
    {
        _hosts.Release();
        foreach (EnsembleMember each in _members) each.Steps.Release();
    }

    /// <summary>All at once, unless they have neighbours in common whose rules both would rewrite.</summary>
    private async Task EachAsync(Func<EnsembleMember, Task> step)
    {
        bool isApart = _members.SelectMany(each => each.Steps.NeighbourSwitches.Distinct())
            .GroupBy(each => each).All(each => each.Count() == 1);
        if (isApart)
        {
            await Task.WhenAll(_members.Select(step));
            return;
        }
        foreach (EnsembleMember each in _members) await step(each);
    }

    /// <summary>Packets of hosts that have gone back may still be on their way through the targets.</summary>
    private async Task AwaitTargetsAsync()
    {
        if (!_hosts.HaveMoved) return;
        var effort = new BestEffort();
        using var patience = new CancellationTokenSource(
            ReturnPatience + _run.Plan.DrainQuietTime, _registry.Loop.Time);
        await effort.DoAsync(() => Task.WhenAll(_members
            .Select(each => each.Steps.TargetInstance).OfType<Instance>().Where(each => each.Physical.IsConnected)
            .Select(each => QuietWatch.AwaitAsync(each, QuietTime(each), _registry.Loop, patience.Token))));
    }

    private TimeSpan QuietTime(Instance instance)
    {
        TimeSpan least = instance.Evidence?.Kind.QuietTime ?? TimeSpan.Zero;
        return least > _run.Plan.DrainQuietTime ? least : _run.Plan.DrainQuietTime;
    }

    private EnsemblePlan UndoOf(ImmutableArray<PortMapping> homes) => _run.Plan with
    {
        Switches =
        [
            .. _members.Select(each => each.Steps.Undo!)
                .Select(each => new EnsembleSwitch(each.Switch, each.Target) { TargetPorts = each.TargetPorts }),
        ],
        Hosts = [.. _run.Plan.Hosts.Select((each, i) => each with { TargetPort = homes[i].PhysicalPort })],
    };
}
