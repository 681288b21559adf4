using System.Collections.Immutable;

namespace Lime.Core.Networks;

/// <summary>One tenant's network: virtual switches on parts of physical ones, and the links between them.</summary>
/// <param name="Name">What operators call it.</param>
/// <remarks>Threading: immutable.</remarks>
public sealed record VirtualNetworkDescription(string Name)
{
    /// <summary>Its switches; names and datapath ids are unlike those of every other virtual switch of the
    /// controller.</summary>
    public ImmutableArray<VirtualSwitchDescription> VirtualSwitches { get; init; } = [];

    /// <summary>The links between them.</summary>
    public ImmutableArray<VirtualLink> VirtualLinks { get; init; } = [];
}
