using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>One connection of a switch, main or auxiliary: hands its messages to whom they concern.</summary>
/// <remarks>Life cycle: one a connection; until the registry has admitted it, port changes are kept (the last
/// <see cref="PortChangesMax"/> at most) and what else comes is dropped. Threading: the owner
/// loop's.</remarks>
internal sealed class SwitchConnection(SwitchRegistry registry, Action<SwitchConnection> ended) : IChannelHandler
{
    /// <summary>A change of each port of the largest chassis.</summary>
    private const int PortChangesMax = 1024;

    private readonly List<(Xid Xid, PortStatus Status)> _portChanges = [];

    /// <summary>Whose connection it is; null until it is admitted.</summary>
    public PhysicalSwitch? Physical { get; set; }

    /// <summary>Its channel once that is ready.</summary>
    public OpenFlowChannel? Channel { get; private set; }

    /// <summary>Told when the handshake is over, well or not.</summary>
    public Action? HandshakeOver { get; init; }

    public void OnReady(OpenFlowChannel channel)
    {
        Channel = channel;
        HandshakeOver?.Invoke();
        _ = channel.Features!.AuxiliaryId == 0
            ? registry.AdmitAsync(this, channel)
            : registry.Auxiliaries.AdmitAsync(this, channel);
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message)
    {
        if (Physical?.Instance is { } instance) instance.VirtualSwitch.Events.PacketIn(instance, message);
        else Physical?.Parts?.PacketIn(message);
    }

    /// <summary>Never called: a controller's channel refuses what only controllers send.</summary>
    public void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message)
    {
    }

    /// <summary>Never called: a controller's channel refuses what only controllers send.</summary>
    public void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame)
    {
    }

    public void OnMessage(OpenFlowChannel channel, Xid xid, OpenFlowMessage message, ReadOnlySpan<byte> frame)
    {
        if (Physical is not { } physical) Keep(xid, message);
        else Take(physical, xid, message);
    }

    /// <summary>Delivers the port changes that came before the connection was admitted.</summary>
    public void DeliverKept()
    {
        if (Physical is not { } physical) return;
        foreach ((Xid xid, PortStatus status) in _portChanges) Take(physical, xid, status);
        _portChanges.Clear();
    }

    public void OnOutboxDrained(OpenFlowChannel channel)
    {
        if (Physical is not { } physical || physical.Channel != channel) return;
        physical.OutboxDrained();
        foreach (Instance each in physical.Instances) each.VirtualSwitch.Drained();
    }

    public void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause)
    {
        HandshakeOver?.Invoke();
        registry.Lost(this, cause);
        ended(this);
    }

    private void Keep(Xid xid, OpenFlowMessage message)
    {
        if (message is PortStatus status && _portChanges.Count < PortChangesMax) _portChanges.Add((xid, status));
    }

    private void Take(PhysicalSwitch physical, Xid xid, OpenFlowMessage message)
    {
        if (message is PortStatus status)
        {
            physical.PortChanged(status);
            registry.Tunnels.PortsChanged();
            registry.Changed?.Invoke(physical);
        }
        if (message is ErrorMessage error) physical.HasRefused(xid, error);
        if ((physical.Instance ?? physical.Parts?.ConcernedBy(xid, message)) is not { } instance) return;
        InstanceEvents events = instance.VirtualSwitch.Events;
        switch (message)
        {
            case FlowRemoved flowRemoved:
                events.FlowRemoved(instance, flowRemoved);
                break;
            case PortStatus portStatus:
                instance.VirtualSwitch.PortNews.Changed(instance, portStatus);
                break;
            case ErrorMessage refusal:
                events.Error(instance, xid, refusal);
                break;
        }
    }
}
