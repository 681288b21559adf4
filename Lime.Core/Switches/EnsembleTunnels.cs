using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;

namespace Lime.Core.Switches;

/// <summary>The tunnels by which an ensemble's hosts are reached from the place where they are not: one a host, between
/// the old and the new instance of its switch, as if it were a cable.</summary>
/// <remarks>Life cycle: <see cref="TryPlan"/>, which does nothing yet, <see cref="OpenAsync"/> once, <see
/// cref="EndAsync"/> when the ensemble has moved or is where it was. Threading: the owner loop's.</remarks>
internal sealed class EnsembleTunnels(SwitchRegistry registry, IReadOnlySet<PhysicalPort> taken)
{
    /// <summary>What is assumed of hosts where the network description doesn't tell.</summary>
    private const int UsualMtu = 1500;

    private readonly Dictionary<VirtualPort, (Tunnel Tunnel, PhysicalSwitch Source, PhysicalSwitch Target)> _planned =
        [];

    private readonly List<string> _faults = [];

    /// <summary>Why the last one was not found, in the second half of a sentence.</summary>
    public string Fault => string.Join("; ", _faults.Distinct());

    /// <summary>Plans one for a host's port.</summary>
    /// <returns>False: there can be none.</returns>
    public bool TryPlan(VirtualPort port, PhysicalSwitch source, PhysicalSwitch target)
    {
        _faults.Clear();
        var wish = new TunnelWish(source, target, source.Mtu ?? UsualMtu, IsFree);
        Tunnel[] others = [.. _planned.Values.Select(each => each.Tunnel)];
        if (registry.Tunnels.Plan(wish, others, _faults) is not { } tunnel) return false;
        _planned[port] = (tunnel, source, target);
        return true;
    }

    /// <summary>The path that the tunnel of a host's port is; null: it has none. Before it is open its ports may not be
    /// known.</summary>
    public InstancePath? PathOf(VirtualPort port) => _planned.TryGetValue(port, out var planned)
        ? new InstancePath(planned.Tunnel.PortAt(planned.Source), planned.Tunnel.PortAt(planned.Target))
        : null;

    /// <summary>Makes them, and shows of each that it carries frames of full size.</summary>
    /// <exception cref="MigrationStepException">One can't be made.</exception>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">A switch doesn't answer.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // All are held before the first is made: what has been made goes by the same way if another can't be.
        foreach ((Tunnel tunnel, _, _) in _planned.Values) registry.Tunnels.Hold(tunnel);
        foreach ((Tunnel tunnel, _, _) in _planned.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await registry.Tunnels.OpenAsync(tunnel, relay: null);
        }
    }

    /// <summary>Takes them away: nothing leads by them any more.</summary>
    public async Task EndAsync(BestEffort effort)
    {
        foreach ((Tunnel tunnel, _, _) in _planned.Values) tunnel.IsHeld = false;
        _planned.Clear();
        await registry.Tunnels.CloseUnusedAsync(effort);
    }

    private bool IsFree(PhysicalPort port) => !taken.Contains(port)
        && !registry.Map.Instances.Any(each => each.Key.Instance == port.Datapath
            && (each.Value.IsIdentity || each.Value.TryToVirtual(port.Port, out _)));
}
