using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Migration;

/// <summary>A host of an ensemble, and where it goes.</summary>
/// <param name="Name">What its mover calls it.</param>
/// <param name="At">The virtual port that it is on, before and after.</param>
/// <param name="TargetPort">Its port at the physical switch that the virtual one moves to.</param>
public sealed record EnsembleHost(string Name, VirtualPort At, PortNumber TargetPort)
{
    /// <summary>Its Ethernet address, by which it is known when it announces itself at the new place (a gratuitous ARP,
    /// or RARP); null: whoever announces itself there is taken for it.</summary>
    public MacAddress? Mac { get; init; }
}
