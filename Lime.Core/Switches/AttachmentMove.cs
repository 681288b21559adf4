using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>One attachment on its way from the source to the target.</summary>
/// <param name="VirtualPort">The port of the virtual switch that moves.</param>
/// <param name="TargetPort">Where it is at the target.</param>
/// <param name="Neighbour">The other end of its virtual link; null if a host or nothing is there.</param>
internal sealed record AttachmentMove(PortNumber VirtualPort, PortNumber TargetPort, NeighbourEnd? Neighbour)
{
    /// <summary>The tunnel by which the target has it; null: a cable leads there.</summary>
    public Tunnel? Tunnel { get; init; }

    /// <summary>How a host that stays where it is gets at the target; null: it is no host, or moves too.</summary>
    public RelayMove? Relay { get; init; }

    /// <summary>Whether the source has it by a tunnel, which is gone when the target has taken over.</summary>
    public bool ComesFromTunnel { get; init; }

    /// <summary>The same with the ports that its tunnel has got.</summary>
    public AttachmentMove WithPortsOf(PhysicalSwitch target) => Tunnel is null
        ? this
        : this with
        {
            TargetPort = Tunnel.PortAt(target),
            Neighbour = Neighbour is null
                ? null
                : Neighbour with { PortAfter = Tunnel.PortAt(Neighbour.Instance.Physical) },
        };

    /// <summary>Where it is at the source.</summary>
    public PortNumber? SourcePortOf(MigrationScope scope) => scope.Source.Map.PlaceOf(VirtualPort)?.Egress;
}
