using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>One connection of a switch: hands its messages to whom they concern.</summary>
/// <remarks>Life cycle: one a connection; until the registry has admitted it, what comes is dropped.
/// Threading: the owner loop's.</remarks>
internal sealed class SwitchConnection(SwitchRegistry registry, Action<SwitchConnection> ended) : IChannelHandler
{
    /// <summary>Whose connection it is; null until it is admitted.</summary>
    public PhysicalSwitch? Physical { get; set; }

    public OpenFlowChannel? Channel { get; private set; }

    public void OnReady(OpenFlowChannel channel)
    {
        Channel = channel;
        _ = registry.AdmitAsync(this, channel);
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message)
    {
        if (Physical?.Instance is { } instance) instance.VirtualSwitch.Events.PacketIn(instance, message);
    }

    public void OnPacketOut(OpenFlowChannel channel, Xid xid, in PacketOut message) => Refuse(channel, xid);

    public void OnFlowMod(OpenFlowChannel channel, Xid xid, in FlowMod message, ReadOnlySpan<byte> frame) =>
        Refuse(channel, xid);

    public void OnMessage(OpenFlowChannel channel, Xid xid, OpenFlowMessage message, ReadOnlySpan<byte> frame)
    {
        if (Physical is not { } physical) return;
        if (message is PortStatus status) physical.PortChanged(status);
        if (message is ErrorMessage error) physical.Refused?.Invoke(error);
        if (physical.Instance is not { } instance) return;
        InstanceEvents events = instance.VirtualSwitch.Events;
        switch (message)
        {
            case FlowRemoved flowRemoved:
                events.FlowRemoved(instance, flowRemoved);
                break;
            case PortStatus portStatus:
                events.PortStatus(instance, portStatus);
                break;
            case ErrorMessage refusal:
                events.Error(instance, xid, refusal);
                break;
        }
    }

    public void OnOutboxDrained(OpenFlowChannel channel) => Physical?.OutboxDrained();

    public void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause)
    {
        registry.Lost(this, cause);
        ended(this);
    }

    /// <summary>A switch has no business sending these.</summary>
    private static void Refuse(OpenFlowChannel channel, Xid xid) =>
        channel.Send(xid, new ErrorMessage(ErrorType.BadRequest, ErrorCodes.BadType, []));
}
