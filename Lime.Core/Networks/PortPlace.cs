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

    /// <summary>The port to which what is attached is cabled: where packets also arrive by, if they leave by it at
    /// all. It differs from the egress where a host is reached through another instance.</summary>
    public PortNumber Home => Ingress.IsEmpty || Ingress.Contains(Egress) ? Egress : Ingress[0];

    /// <summary>Whether the place changes for a time: rules that depend on it are kept apart by ingress port all that
    /// time, so that each change is one of what they do, and never lets two of them take the same packets.</summary>
    public bool IsMoving { get; init; }

    /// <summary>Whether packets arrive by the egress port only, and stay so.</summary>
    public bool IsPlain => !IsMoving && Ingress.Length == 1 && Ingress[0] == Egress;
}
