using Lime.Core.Networks;
using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>One attachment on its way from the source to the target.</summary>
/// <param name="VirtualPort">The port of the virtual switch that moves.</param>
/// <param name="TargetPort">Where it is at the target.</param>
/// <param name="Neighbour">The other end of its virtual link; null if a host or nothing is there.</param>
internal sealed record AttachmentMove(PortNumber VirtualPort, PortNumber TargetPort, NeighbourEnd? Neighbour)
{
    /// <summary>Whether another switch of the same ensemble is at the other end, whose target is cabled to this
    /// one's.</summary>
    public bool IsInner { get; init; }

    /// <summary>The target's port by which packets go to the host as long as that is at the source; null: it has
    /// none.</summary>
    public PortNumber? RelayPort { get; init; }

    /// <summary>Whether it leads to another switch.</summary>
    public bool LeadsToSwitch => IsInner || Neighbour is not null;

    /// <summary>Where it is at the target at first.</summary>
    public PortPlace PlaceAtTarget => new(RelayPort ?? TargetPort, [TargetPort])
    {
        IsMoving = RelayPort is not null,
    };

    /// <summary>The tunnel by which the target has it; null: a cable leads there.</summary>
    public Tunnel? Tunnel { get; init; }

    /// <summary>The tunnel by which packets go to a host as long as that is at the source; null: a cable leads there,
    /// or nothing has to.</summary>
    public Tunnel? PathTunnel { get; init; }

    /// <summary>The tunnels that it needs.</summary>
    public IEnumerable<Tunnel> Tunnels => new[] { Tunnel, PathTunnel }.OfType<Tunnel>();

    /// <summary>How a host that stays where it is gets at the target; null: it is no host, or moves too.</summary>
    public RelayMove? Relay { get; init; }

    /// <summary>Whether the source has it by a tunnel, which is gone when the target has taken over.</summary>
    public bool ComesFromTunnel { get; init; }

    /// <summary>The same with the ports that its tunnels have got.</summary>
    public AttachmentMove WithPortsOf(PhysicalSwitch target) => this with
    {
        TargetPort = Tunnel?.PortAt(target) ?? TargetPort,
        RelayPort = PathTunnel?.PortAt(target) ?? RelayPort,
        Neighbour = Tunnel is null || Neighbour is null
            ? Neighbour
            : Neighbour with { PortAfter = Tunnel.PortAt(Neighbour.Instance.Physical) },
    };

    /// <summary>Where it is at the source.</summary>
    public PortNumber? SourcePortOf(MigrationScope scope) => scope.Source.Map.PlaceOf(VirtualPort)?.Home;
}
