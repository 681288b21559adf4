using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Tunnels;

/// <summary>An end of a tunnel on a bridge.</summary>
/// <param name="Bridge">The bridge.</param>
/// <param name="Row">The port's row in the database.</param>
/// <param name="InterfaceRow">Its interface's row.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Tunnel">The tunnel's name.</param>
/// <param name="Interface">What the switch makes of it.</param>
internal sealed record TunnelPort(
    OvsBridge Bridge, Guid Row, Guid InterfaceRow, string Owner, string Tunnel, OvsInterface Interface)
{
    /// <summary>The OpenFlow port number.</summary>
    /// <exception cref="InvalidOperationException">The switch has not given it one.</exception>
    public PortNumber Number => Interface.Port
        ?? throw new InvalidOperationException($"Port {Interface.Name} of bridge {Bridge.Name} has no number.");
}
