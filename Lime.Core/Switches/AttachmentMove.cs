using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>One attachment on its way from the source to the target.</summary>
/// <param name="VirtualPort">The port of the virtual switch that moves.</param>
/// <param name="TargetPort">Where it is at the target.</param>
/// <param name="Neighbour">The other end of its virtual link; null if a host or nothing is there.</param>
internal sealed record AttachmentMove(PortNumber VirtualPort, PortNumber TargetPort, NeighbourEnd? Neighbour)
{
    /// <summary>Where it is at the source.</summary>
    public PortNumber? SourcePortOf(MigrationScope scope) => scope.Source.Map.PlaceOf(VirtualPort)?.Egress;
}
