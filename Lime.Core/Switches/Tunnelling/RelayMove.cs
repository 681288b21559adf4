using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>The move of an attachment whose host stays where it is.</summary>
/// <param name="Relay">Where the host is.</param>
/// <param name="Before">The tunnel to the source; null: the host is at the source itself.</param>
/// <param name="After">The tunnel to the target; null: the host is at the target itself.</param>
internal sealed record RelayMove(HostRelay Relay, Tunnel? Before, Tunnel? After)
{
    /// <summary>What the host sends goes to the target from now on.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">The host's switch doesn't answer.</exception>
    public Task SendToTargetAsync() => Relay.SteerAsync(PortOf(After));

    /// <summary>What the host sends goes to the source again.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">The host's switch doesn't answer.</exception>
    public Task SendToSourceAsync() => Relay.SteerAsync(PortOf(Before));

    private PortNumber? PortOf(Tunnel? tunnel) => tunnel?.PortAt(Relay.At);
}
