namespace Lime.Core.Switches.Tunnelling;

/// <summary>What a tunnel between two Open vSwitches is to be.</summary>
/// <param name="Key">Its network identifier.</param>
/// <param name="Mtu">The largest packet that has to fit through.</param>
internal sealed record OvsTunnelTerms(uint Key, int Mtu);
