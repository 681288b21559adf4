namespace Lime.Core.Tunnels;

/// <summary>What an end of a tunnel is to be.</summary>
/// <param name="Spec">The tunnel as this end sees it.</param>
/// <param name="Mtu">What has to fit through; null: nobody looks.</param>
internal sealed record TunnelDemand(TunnelSpec Spec, TunnelMtuDemand? Mtu = null);
