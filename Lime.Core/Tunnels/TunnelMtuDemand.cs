namespace Lime.Core.Tunnels;

/// <summary>What has to fit through a tunnel.</summary>
/// <param name="HostMtu">The largest IP packet that the hosts send.</param>
/// <param name="UnderlayInterface">The interface, as the switch's database names it, by which the tunnel
/// leaves.</param>
/// <param name="VlanTags">How many VLAN tags the hosts' frames have at most.</param>
internal sealed record TunnelMtuDemand(int HostMtu, string UnderlayInterface, int VlanTags = 0);
