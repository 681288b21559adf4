using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>What joins the switches of an ensemble to one another, and their old places to the new ones: links between
/// two that both move, and a path for each host.</summary>
/// <remarks>A link between two that move is joined at the new places as it is at the old: packets stay on their side
/// and never cross for it, whichever of up to two times two instance ends a packet comes by. Each path is a cable of
/// its own, or a tunnel where there is none (<see cref="Join"/> is where they are chosen); a tunnel's ports may not be
/// known before it is open. Threading: made and read on the owner loop.</remarks>
internal sealed class EnsembleTies
{
    private readonly SwitchRegistry _registry;
    private readonly EnsemblePlan _plan;
    private readonly PlanFindings _findings;
    private readonly HashSet<PhysicalPort> _taken = [];
    private readonly HashSet<VirtualPort> _inner = [];
    private readonly Dictionary<VirtualPort, (SwitchJoint Joint, DatapathId At)> _innerJoints = [];
    private readonly Dictionary<VirtualPort, SwitchJoint> _paths = [];

    private EnsembleTies(SwitchRegistry registry, EnsemblePlan plan, PlanFindings findings)
    {
        _registry = registry;
        _plan = plan;
        _findings = findings;
        Tunnels = new TunnelPlan(registry);
    }

    /// <summary>The tunnels of the whole plan.</summary>
    public TunnelPlan Tunnels { get; }

    /// <summary>Finds them; what is missing goes to the findings.</summary>
    public static EnsembleTies Find(SwitchRegistry registry, EnsemblePlan plan, PlanFindings findings)
    {
        var ties = new EnsembleTies(registry, plan, findings);
        var targets = new Dictionary<string, DatapathId>(StringComparer.Ordinal);
        foreach (EnsembleSwitch each in plan.Switches)
        {
            if (registry.FindVirtual(each.Switch) is { } found) targets[found.Name] = each.Target;
        }
        foreach (EnsembleHost each in plan.Hosts)
        {
            if (targets.TryGetValue(each.At.Switch, out DatapathId target))
                ties.Take(new PhysicalPort(target, each.TargetPort));
        }
        foreach (string name in targets.Keys) ties.JoinInner(name, targets);
        foreach (EnsembleHost each in plan.Hosts) ties.JoinHost(each, targets);
        return ties;
    }

    /// <summary>Whether a virtual port's link leads to another switch of the ensemble.</summary>
    public bool IsInner(VirtualPort port) => _inner.Contains(port);

    /// <summary>The target's port for such a link; null: there is none.</summary>
    public PortNumber? InnerPortOf(VirtualPort port) =>
        _innerJoints.TryGetValue(port, out var inner) ? inner.Joint.PortAt(inner.At) : null;

    /// <summary>The tunnel of such a link; null: a cable joins both targets.</summary>
    public Tunnel? InnerTunnelOf(VirtualPort port) => _innerJoints.GetValueOrDefault(port).Joint?.Tunnel;

    /// <summary>The target's port to a host that is at the source; null: the port is no moving host's.</summary>
    public PortNumber? RelayPortOf(VirtualPort port) => PathOf(port)?.AtTarget;

    /// <summary>The path of a host's port; null: it has none.</summary>
    public InstancePath? PathOf(VirtualPort port) => _paths.GetValueOrDefault(port)?.Path;

    /// <summary>The tunnel that such a path is; null: it is a cable.</summary>
    public Tunnel? PathTunnelOf(VirtualPort port) => _paths.GetValueOrDefault(port)?.Tunnel;

    private void JoinInner(string name, Dictionary<string, DatapathId> targets)
    {
        if (_registry.FindVirtual(name)?.Primary is not { } source) return;
        foreach ((PortNumber port, PortPlace _) in source.Map.Places)
        {
            var near = new VirtualPort(name, port);
            if (_registry.Topology.PeerOf(near) is not { } far || !targets.TryGetValue(far.Switch, out DatapathId to))
                continue;
            if (!_inner.Add(near) || !_inner.Add(far)) continue;
            if (Join(targets[name], to) is { } joint)
            {
                _innerJoints[near] = (joint, targets[name]);
                _innerJoints[far] = (joint, to);
                continue;
            }
            _findings.Refuse(
                FindingTopic.Ports,
                $"{near} leads to {far}, and both move, but no free cable joins {NameOf(targets[name])} to "
                + $"{NameOf(to)}{WhyNoTunnel()}.");
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
            foreach (PortNumber each in place.Ingress) Take(new PhysicalPort(source.Physical.Datapath, each));
        }
        if (Join(source.Physical.Datapath, target) is { } path) _paths[host.At] = path;
        else
        {
            _findings.Refuse(
                FindingTopic.Ports,
                $"The host {host.Name} needs a cable of its own from {source.Physical.Name} to {NameOf(target)}, so "
                + $"that it can be reached while others have moved; there is no free one{WhyNoTunnel()}.");
        }
    }

    private string WhyNoTunnel() =>
        _registry.Tunnels.AreDescribed && Tunnels.Fault.Length > 0 ? $", and no tunnel can: {Tunnels.Fault}" : "";

    /// <summary>A cable that nothing else uses; else a tunnel.</summary>
    private SwitchJoint? Join(DatapathId from, DatapathId to)
    {
        foreach ((PortNumber near, PortNumber far) in _registry.Topology.CablesBetween(from, to))
        {
            (PhysicalPort here, PhysicalPort there) = (new(from, near), new(to, far));
            if (_taken.Contains(here) || _taken.Contains(there)) continue;
            Take(here);
            Take(there);
            return new SwitchJoint(from, new InstancePath(near, far), null);
        }
        if (_registry.FindPhysical(from) is not { } a || _registry.FindPhysical(to) is not { } b) return null;
        return Tunnels.Between(a, b) is { } tunnel ? new SwitchJoint(from, default, tunnel) : null;
    }

    private void Take(PhysicalPort port)
    {
        _taken.Add(port);
        Tunnels.Take(port);
    }

    private string NameOf(DatapathId datapath) => _registry.FindPhysical(datapath)?.Name ?? datapath.ToString();
}
