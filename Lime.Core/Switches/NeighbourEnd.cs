using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>The neighbour's end of a virtual link whose other end moves.</summary>
/// <param name="Instance">The neighbour's instance.</param>
/// <param name="VirtualPort">The neighbour's virtual port.</param>
/// <param name="PortBefore">Its physical port towards the source.</param>
/// <param name="PortAfter">Its physical port towards the target.</param>
internal sealed record NeighbourEnd(
    Instance Instance,
    PortNumber VirtualPort,
    PortNumber PortBefore,
    PortNumber PortAfter);
