using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>Finds which tunnels a plan needs: for each attachment that no port of the target reaches.</summary>
/// <remarks>Life cycle: one a check of a plan, or of all plans of an ensemble; nothing is done. Threading: the owner
/// loop's.</remarks>
internal sealed class TunnelPlan(SwitchRegistry registry)
{
    /// <summary>What is assumed of hosts where the network description doesn't tell.</summary>
    private const int UsualMtu = 1500;

    private readonly List<Tunnel> _planned = [];
    private readonly HashSet<PhysicalPort> _taken = [];
    private readonly List<string> _faults = [];

    /// <summary>Why the last one was not found, in the second half of a sentence.</summary>
    public string Fault => string.Join("; ", _faults.Distinct());

    private TunnelWorks Works => registry.Tunnels;

    /// <summary>A port that the plan uses otherwise: no tunnel ends there.</summary>
    public void Take(PhysicalPort port) => _taken.Add(port);

    /// <summary>Between two switches whatever for: both ends are free for the plan to use.</summary>
    /// <returns>Null: there is none.</returns>
    public Tunnel? Between(PhysicalSwitch a, PhysicalSwitch b) => Plan(a, b, a.Mtu);

    /// <summary>A neighbour's link that no cable leads on to the target.</summary>
    /// <param name="end">The neighbour and its port towards the source.</param>
    /// <param name="target">The target.</param>
    /// <param name="port">The port of the virtual switch that moves.</param>
    /// <returns>Null: there is none either.</returns>
    public AttachmentMove? ToNeighbour(NeighbourEnd end, PhysicalSwitch target, PortNumber port)
    {
        if (Plan(end.Instance.Physical, target, end.Instance.Physical.Mtu) is not { } tunnel) return null;
        PortNumber near = tunnel.PortAt(end.Instance.Physical);
        return new AttachmentMove(port, tunnel.PortAt(target), end with { PortAfter = near }) { Tunnel = tunnel };
    }

    /// <summary>A host that stays where it is: at the target already, at the source, or at the end of a tunnel to the
    /// source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="port">The port of the virtual switch that moves.</param>
    /// <param name="named">Its port at the target, if the plan names one: then only a host that is there.</param>
    /// <returns>Null: it is not reached.</returns>
    public AttachmentMove? ToHost(Instance source, PhysicalSwitch target, PortNumber port, PortNumber? named)
    {
        if (source.Map.PlaceOf(port) is not { } place || source.Map.IsIdentity) return null;
        Tunnel? before = Works.FindAt(source.Physical, place.Egress);
        HostRelay? relay = before is null ? null : Works.FindRelay(before, source.Physical);
        if (relay is not null && relay.At == target && (named is null || named == relay.HostPort))
            return new AttachmentMove(port, relay.HostPort, null) { Relay = new RelayMove(relay, before, null) };
        if (named is not null) return null;
        relay ??= Works.RelayFor(source.Physical, place.Egress);
        if (Plan(relay.At, target, source.Physical.Mtu) is not { } tunnel) return null;
        return new AttachmentMove(port, tunnel.PortAt(target), null)
        {
            Tunnel = tunnel,
            Relay = new RelayMove(relay, before, tunnel),
        };
    }

    /// <summary>Notes what is to be made, for the operator.</summary>
    public static void Describe(IEnumerable<AttachmentMove> attachments, PlanFindings findings)
    {
        foreach (AttachmentMove each in attachments)
        {
            if (each.Tunnel is { } tunnel)
                findings.Note(
                    FindingTopic.Tunnels, $"For port {each.VirtualPort} a tunnel is made between {tunnel}.");
            if (each.PathTunnel is { } path)
                findings.Note(
                    FindingTopic.Tunnels,
                    $"For the host on port {each.VirtualPort} a tunnel is made between {path}, until all have moved.");
        }
    }

    private Tunnel? Plan(PhysicalSwitch near, PhysicalSwitch target, int? mtu)
    {
        _faults.Clear();
        Tunnel? tunnel = Works.Plan(new TunnelWish(near, target, mtu ?? UsualMtu, IsFree), _planned, _faults);
        if (tunnel is not null) _planned.Add(tunnel);
        return tunnel;
    }

    private bool IsFree(PhysicalPort port) => !_taken.Contains(port) && !registry.Map.Instances.Any(each =>
        each.Key.Instance == port.Datapath && (each.Value.IsIdentity || each.Value.TryToVirtual(port.Port, out _)));
}
