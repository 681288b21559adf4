using Lime.Core.Apps;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.Tests.Checking;

namespace Lime.Tests.Simulation;

/// <summary>An app whose dealings with one virtual switch are recorded; of others it sees nothing.</summary>
/// <remarks>The app within is given a <see cref="RecordedSwitch"/> in place of the switch. Threading: the
/// loop's.</remarks>
/// <param name="app">The app within.</param>
/// <param name="switchName">Which switch.</param>
/// <param name="sink">Where to; null until it is set: nothing is recorded.</param>
internal sealed class RecordedApp(IControllerApp app, string switchName, ITraceSink? sink = null) : IControllerApp
{
    private RecordedSwitch? _switch;

    public string Name => app.Name;

    public ITraceSink? Sink { get; set; } = sink;

    /// <summary>The switch as the app within sees it; null before it came up.</summary>
    public RecordedSwitch? Switch => _switch;

    public void OnSwitchUp(IVirtualSwitch virtualSwitch)
    {
        if (Wrap(virtualSwitch) is { } mine) app.OnSwitchUp(mine);
    }

    public void OnSwitchDown(IVirtualSwitch virtualSwitch)
    {
        if (Wrap(virtualSwitch) is { } mine) app.OnSwitchDown(mine);
    }

    public void OnDrained(IVirtualSwitch virtualSwitch)
    {
        if (Wrap(virtualSwitch) is { } mine) app.OnDrained(mine);
    }

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (Wrap(virtualSwitch) is not { } mine) return AppVerdict.Continue;
        Sink?.Add(new PacketInReceived(Sink.Now, new SeenPacket(
            packetIn.BufferId, packetIn.TotalBytes, packetIn.InPort, packetIn.Reason, packetIn.Table,
            packetIn.Cookie, packetIn.Data.ToArray())));
        return app.OnPacketIn(mine, packetIn);
    }

    public AppVerdict OnFlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved flowRemoved)
    {
        if (Wrap(virtualSwitch) is not { } mine) return AppVerdict.Continue;
        Sink?.Add(new FlowRemovedReceived(Sink.Now, flowRemoved));
        return app.OnFlowRemoved(mine, flowRemoved);
    }

    public AppVerdict OnPortStatus(IVirtualSwitch virtualSwitch, PortStatus portStatus)
    {
        if (Wrap(virtualSwitch) is not { } mine) return AppVerdict.Continue;
        Sink?.Add(new PortStatusReceived(Sink.Now, portStatus));
        return app.OnPortStatus(mine, portStatus);
    }

    public AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error)
    {
        if (Wrap(virtualSwitch) is not { } mine) return AppVerdict.Continue;
        Sink?.Add(new ErrorReceived(Sink.Now, xid, error));
        return app.OnError(mine, xid, error);
    }

    private RecordedSwitch? Wrap(IVirtualSwitch virtualSwitch)
    {
        if (virtualSwitch.Name != switchName) return null;
        return _switch ??= new RecordedSwitch(virtualSwitch, this);
    }
}
