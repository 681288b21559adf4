using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>A virtual switch and the physical switch that realises it at first.</summary>
/// <param name="Name">What apps and operators call it.</param>
/// <param name="Datapath">The datapath id that apps see.</param>
/// <param name="RealisedBy">The physical switch's datapath id. Several virtual switches may lie on one, each on ports
/// of
/// its own.</param>
/// <param name="Ports">Its ports and where they are.</param>
public sealed record VirtualSwitchDescription(
    string Name,
    DatapathId Datapath,
    DatapathId RealisedBy,
    ImmutableArray<PortMapping> Ports)
{
    /// <summary>What it may use at most.</summary>
    public VirtualSwitchQuota Quota { get; init; } = VirtualSwitchQuota.None;
}
