using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Where a virtual port is at one instance: one attachment to send by, a set of them to receive
/// by.</summary>
/// <param name="Egress">The physical port by which packets leave.</param>
/// <param name="Ingress">The physical ports by which they may arrive; rules on the virtual port are installed
/// for each.</param>
internal sealed record PortPlace(PortNumber Egress, ImmutableArray<PortNumber> Ingress)
{
    /// <summary>The usual place: in and out by one port.</summary>
    public static PortPlace At(PortNumber port) => new(port, [port]);

    /// <summary>Whether packets arrive by the egress port only.</summary>
    public bool IsPlain => Ingress.Length == 1 && Ingress[0] == Egress;
}
