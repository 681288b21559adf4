using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>What joins the switches of an ensemble to one another, and their old places to the new ones: links between
/// two that both move, and a path for each host.</summary>
/// <remarks>A link between two that move is joined at the new places as it is at the old: packets stay on their side
/// and never cross for it, whichever of up to two times two instance ends a packet comes by. Each path is a cable of
/// its own, or where no cable is free a tunnel of its own (<see cref="EnsembleTunnels"/>), whose ports are known when
/// it
/// is open. Threading: made and read on the owner loop.</remarks>
internal sealed class EnsembleTies
{
    private readonly SwitchRegistry _registry;
    private readonly EnsemblePlan _plan;
    private readonly PlanFindings _findings;
    private readonly HashSet<PhysicalPort> _taken = [];
    private readonly HashSet<VirtualPort> _inner = [];
    private readonly Dictionary<VirtualPort, PortNumber> _innerPorts = [];
    private readonly Dictionary<VirtualPort, InstancePath> _paths = [];
    private readonly EnsembleTunnels _tunnels;

    private EnsembleTies(SwitchRegistry registry, EnsemblePlan plan, PlanFindings findings)
    {
        _registry = registry;
        _plan = plan;
        _findings = findings;
        _tunnels = new EnsembleTunnels(registry, _taken);
    }

    /// <summary>The hosts' paths that are tunnels.</summary>
    public EnsembleTunnels Tunnels => _tunnels;

    /// <summary>Finds them; what is missing goes to the findings.</summary>
    public static EnsembleTies Find(SwitchRegistry registry, EnsemblePlan plan, PlanFindings findings)
    {
        var ties = new EnsembleTies(registry, plan, findings);
        var targets = new Dictionary<string, DatapathId>(StringComparer.Ordinal);
        foreach (EnsembleSwitch each in plan.Switches)
        {
            if (registry.FindVirtual(each.Switch) is { } found) targets[found.Name] = each.Target;
        }
        foreach (string name in targets.Keys) ties.JoinInner(name, targets);
        foreach (EnsembleHost each in plan.Hosts) ties.JoinHost(each, targets);
        return ties;
    }

    /// <summary>Whether a virtual port's link leads to another switch of the ensemble.</summary>
    public bool IsInner(VirtualPort port) => _inner.Contains(port);

    /// <summary>The target's port for such a link; null: there is none.</summary>
    public PortNumber? InnerPortOf(VirtualPort port) => _innerPorts.TryGetValue(port, out PortNumber at) ? at : null;

    /// <summary>The target's port to a host that is at the source; null: the port is no moving host's.</summary>
    public PortNumber? RelayPortOf(VirtualPort port) => PathOf(port)?.AtTarget;

    /// <summary>The path of a host's port; null: it has none.</summary>
    public InstancePath? PathOf(VirtualPort port) =>
        _paths.TryGetValue(port, out InstancePath path) ? path : _tunnels.PathOf(port);

    private void JoinInner(string name, Dictionary<string, DatapathId> targets)
    {
        if (_registry.FindVirtual(name)?.Primary is not { } source) return;
        foreach ((PortNumber port, PortPlace _) in source.Map.Places)
        {
            var near = new VirtualPort(name, port);
            if (_registry.Topology.PeerOf(near) is not { } far || !targets.TryGetValue(far.Switch, out DatapathId to))
                continue;
            if (!_inner.Add(near) || !_inner.Add(far)) continue;
            if (TakeCable(targets[name], to) is { } cable)
            {
                _innerPorts[near] = cable.AtSource;
                _innerPorts[far] = cable.AtTarget;
                continue;
            }
            _findings.Refuse(
                FindingTopic.Ports,
                $"{near} leads to {far}, and both move, but no free cable joins {NameOf(targets[name])} to "
                + $"{NameOf(to)}.");
        }
    }

    private void JoinHost(EnsembleHost host, Dictionary<string, DatapathId> targets)
    {
        if (!targets.TryGetValue(host.At.Switch, out DatapathId target))
        {
            _findings.Refuse(
                FindingTopic.Ports, $"The host {host.Name} is on {host.At}, which is not a port of the ensemble.");
            return;
        }
        if (_registry.FindVirtual(host.At.Switch)?.Primary is not { } source) return;
        if (_registry.Topology.PeerOf(host.At) is { } peer)
            _findings.Refuse(FindingTopic.Ports, $"{host.At} leads to {peer}, and not to the host {host.Name}.");
        if (_plan.Method != MigrationMethod.Clone) return;
        if (source.Map.IsIdentity)
        {
            _findings.Refuse(
                FindingTopic.Ports,
                $"The ports of {host.At.Switch} are not named in a network description, so its hosts can't move one by "
                + "one.");
            return;
        }
        foreach ((PortNumber _, PortPlace place) in source.Map.Places)
        {
            foreach (PortNumber each in place.Ingress) _taken.Add(new PhysicalPort(source.Physical.Datapath, each));
        }
        if (TakeCable(source.Physical.Datapath, target) is { } path) _paths[host.At] = path;
        else JoinByTunnel(host, source.Physical, target);
    }

    private void JoinByTunnel(EnsembleHost host, PhysicalSwitch source, DatapathId target)
    {
        bool isKnown = _registry.FindPhysical(target) is { } to && _tunnels.TryPlan(host.At, source, to);
        if (isKnown)
        {
            _findings.Note(
                FindingTopic.Tunnels,
                $"For the host {host.Name} a tunnel is made between {source.Name} and {NameOf(target)}.");
            return;
        }
        string why = _registry.Tunnels.AreDescribed && _tunnels.Fault.Length > 0
            ? $", and no tunnel can be: {_tunnels.Fault}"
            : "";
        _findings.Refuse(
            FindingTopic.Ports,
            $"The host {host.Name} needs a cable of its own from {source.Name} to {NameOf(target)}, so "
            + $"that it can be reached while others have moved; there is no free one{why}.");
    }

    /// <summary>A cable that nothing else uses.</summary>
    private InstancePath? TakeCable(DatapathId from, DatapathId to)
    {
        foreach ((PortNumber near, PortNumber far) in _registry.Topology.CablesBetween(from, to))
        {
            if (_taken.Contains(new PhysicalPort(from, near)) || _taken.Contains(new PhysicalPort(to, far))) continue;
            if (_plan.Hosts.Any(each => each.TargetPort == far && IsTarget(each, to))) continue;
            _taken.Add(new PhysicalPort(from, near));
            _taken.Add(new PhysicalPort(to, far));
            return new InstancePath(near, far);
        }
        return null;
    }

    private bool IsTarget(EnsembleHost host, DatapathId target) => _plan.Switches.Any(each =>
        each.Target == target && _registry.FindVirtual(each.Switch)?.Name == host.At.Switch);

    private string NameOf(DatapathId datapath) => _registry.FindPhysical(datapath)?.Name ?? datapath.ToString();
}
