using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Where a virtual port is.</summary>
/// <param name="VirtualPort">The number that apps see.</param>
/// <param name="PhysicalPort">The number at the physical switch.</param>
public readonly record struct PortMapping(PortNumber VirtualPort, PortNumber PhysicalPort);
