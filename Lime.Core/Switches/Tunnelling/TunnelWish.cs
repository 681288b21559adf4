using Lime.Core.Networks;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>What a tunnel is wanted for.</summary>
/// <param name="A">One end.</param>
/// <param name="B">The other end.</param>
/// <param name="Mtu">The largest packet that is to fit, in bytes without the Ethernet header.</param>
/// <param name="IsFree">Whether a port that has a cable may become an end.</param>
internal sealed record TunnelWish(PhysicalSwitch A, PhysicalSwitch B, int Mtu, Func<PhysicalPort, bool> IsFree);
