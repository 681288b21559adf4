using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>Takes frames between a host's port at one switch and tunnels to the switches that realise the virtual port
/// the host is plugged in at.</summary>
/// <remarks>
/// What comes out of a tunnel goes to the host and nowhere else: no rule of an app is asked a second time, and nothing
/// goes back into a tunnel. What the host sends goes into one tunnel, or, while there is none, is the switch's own, by
/// the apps' rules.
/// Life cycle: while a tunnel leads to it. Threading: the owner loop's.
/// </remarks>
internal sealed class HostRelay(PhysicalSwitch at, PortNumber hostPort)
{
    private readonly HashSet<PortNumber> _accepted = [];

    /// <summary>Where the host is.</summary>
    public PhysicalSwitch At { get; } = at;

    /// <summary>Its port there.</summary>
    public PortNumber HostPort { get; } = hostPort;

    /// <summary>The port of the tunnel that its frames go into; null: none.</summary>
    public PortNumber? SteeredBy { get; private set; }

    /// <summary>Whether nothing leads to it any more.</summary>
    public bool IsIdle => _accepted.Count == 0 && SteeredBy is null;

    /// <summary>What comes out of a tunnel's port goes to the host from now on.</summary>
    public void Accept(PortNumber tunnelPort)
    {
        if (_accepted.Add(tunnelPort)) At.Carrier.Put(Match.Any.WithInPort(tunnelPort), ActionList.Output(HostPort));
    }

    /// <summary>A tunnel is gone.</summary>
    public void Forget(PortNumber tunnelPort)
    {
        if (SteeredBy == tunnelPort) Steer(null);
        if (_accepted.Remove(tunnelPort)) At.Carrier.Remove(Match.Any.WithInPort(tunnelPort));
    }

    /// <summary>What the host sends goes into a tunnel, or is the switch's own again; confirmed by a barrier.</summary>
    /// <exception cref="OpenFlow.Channel.OpenFlowRequestException">The switch doesn't answer; it is told when it is
    /// back.</exception>
    public Task SteerAsync(PortNumber? tunnelPort)
    {
        Steer(tunnelPort);
        return At.BarrierAsync();
    }

    private void Steer(PortNumber? tunnelPort)
    {
        if (SteeredBy == tunnelPort) return;
        SteeredBy = tunnelPort;
        Match fromHost = Match.Any.WithInPort(HostPort);
        if (tunnelPort is { } port) At.Carrier.Put(fromHost, ActionList.Output(port));
        else At.Carrier.Remove(fromHost);
    }
}
