using System.Collections.Immutable;

namespace Lime.Core.Networks;

/// <summary>A virtual network and the physical one beneath it; what a network file says.</summary>
/// <remarks>Threading: immutable. <see cref="NetworkDescriptionCheck"/> finds what contradicts itself in it.
/// A physical switch that realises no virtual one is a spare.</remarks>
public sealed record NetworkDescription
{
    /// <summary>The physical switches.</summary>
    public ImmutableArray<PhysicalSwitchDescription> PhysicalSwitches { get; init; } = [];

    /// <summary>The cables between them.</summary>
    public ImmutableArray<PhysicalLink> PhysicalLinks { get; init; } = [];

    /// <summary>The virtual switches.</summary>
    public ImmutableArray<VirtualSwitchDescription> VirtualSwitches { get; init; } = [];

    /// <summary>The links between them.</summary>
    public ImmutableArray<VirtualLink> VirtualLinks { get; init; } = [];

    /// <summary>The labels of tunnels through switches that carry them.</summary>
    public TunnelLabels TunnelLabels { get; init; } = TunnelLabels.Default;
}
