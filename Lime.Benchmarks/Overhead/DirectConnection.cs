using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Benchmarks.Overhead;

/// <summary>Hands a channel's messages to the app, as they are.</summary>
/// <remarks>Threading: the channel's loop.</remarks>
internal sealed class DirectConnection(DirectController controller, IControllerApp app) : IChannelHandler
{
    private DirectSwitch? _switch;

    public void OnReady(OpenFlowChannel channel)
    {
        _switch = new DirectSwitch(channel);
        // As the virtual layer does: packets come up whole, and where a miss is dropped a rule sends it up.
        channel.Send(channel.NextXid(), new SetConfig(0, ushort.MaxValue));
        if (!channel.Codec!.Semantics.MissGoesToController)
            _switch.Send(new FlowMod { Priority = 0, Actions = ActionList.Output(PortNumber.Controller) });
        controller.Came(_switch);
        app.OnSwitchUp(_switch);
    }

    public void OnPacketIn(OpenFlowChannel channel, Xid xid, in PacketIn message) =>
        app.OnPacketIn(_switch!, message);

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
        switch (message)
        {
            case FlowRemoved flowRemoved:
                app.OnFlowRemoved(_switch!, flowRemoved);
                break;
            case PortStatus portStatus:
                app.OnPortStatus(_switch!, portStatus);
                break;
            case ErrorMessage error:
                app.OnError(_switch!, xid, error);
                break;
        }
    }

    public void OnOutboxDrained(OpenFlowChannel channel) => app.OnDrained(_switch!);

    public void OnClosed(OpenFlowChannel channel, ChannelCloseCause cause)
    {
        if (_switch is null) return;
        controller.Went(_switch);
        app.OnSwitchDown(_switch);
    }
}
