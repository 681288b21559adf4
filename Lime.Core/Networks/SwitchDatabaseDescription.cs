using System.Net;
using Lime.Core.Tunnels;

namespace Lime.Core.Networks;

/// <summary>The database by which tunnel ports are made on an Open vSwitch.</summary>
/// <param name="Address">Where it listens: <c>tcp:HOST[:PORT]</c> or <c>unix:PATH</c>.</param>
/// <param name="TunnelAddress">The switch's address in the network that tunnels go through.</param>
public sealed record SwitchDatabaseDescription(string Address, IPAddress TunnelAddress)
{
    /// <summary>How frames are carried; both ends have to be of one kind.</summary>
    public TunnelType Type { get; init; } = TunnelType.Vxlan;

    /// <summary>The interface, as the database names it, by which tunnels leave: its MTU is looked at before a tunnel
    /// is
    /// made; null: it is not known.</summary>
    public string? UnderlayInterface { get; init; }
}
