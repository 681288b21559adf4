using Lime.Core.Switches.Tunnelling;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches;

/// <summary>What joins two physical switches of an ensemble: a cable, or a tunnel in its place.</summary>
/// <param name="From">The first of them; of a host's path the source.</param>
/// <param name="Cable">The cable's ports; means nothing where there is a tunnel.</param>
/// <param name="Tunnel">The tunnel; null: it is a cable.</param>
internal sealed record SwitchJoint(DatapathId From, InstancePath Cable, Tunnel? Tunnel)
{
    /// <summary>The ports at both ends; of a tunnel that is not open yet maybe <see cref="PortNumber.Any"/>.</summary>
    public InstancePath Path => Tunnel is null
        ? Cable
        : new InstancePath(Tunnel.PortA ?? PortNumber.Any, Tunnel.PortB ?? PortNumber.Any);

    /// <summary>Its port at one of its ends.</summary>
    public PortNumber PortAt(DatapathId end) => end == From ? Path.AtSource : Path.AtTarget;
}
