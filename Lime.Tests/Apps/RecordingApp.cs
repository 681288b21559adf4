using Lime.Core.Apps;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Apps;

/// <summary>An app that keeps what it sees and does what a test says.</summary>
internal sealed class RecordingApp(string name = "recorder") : IControllerApp
{
    public string Name => name;

    public AppVerdict Verdict { get; set; } = AppVerdict.Continue;

    /// <summary>Thrown at each event, after it was kept.</summary>
    public Exception? Throws { get; set; }

    /// <summary>Called when a switch comes up.</summary>
    public Action<IVirtualSwitch>? Up { get; set; }

    public List<string> Ups { get; } = [];

    public List<string> Downs { get; } = [];

    public List<string> Drained { get; } = [];

    public List<PacketSeen> PacketIns { get; } = [];

    public List<(string Switch, FlowRemoved Message)> Removed { get; } = [];

    public List<(Xid Xid, ErrorMessage Error)> Errors { get; } = [];

    public List<PortStatus> PortChanges { get; } = [];

    /// <summary>The switches of <see cref="PortChanges"/>, by place.</summary>
    public List<string> PortChangers { get; } = [];

    public void OnSwitchUp(IVirtualSwitch virtualSwitch)
    {
        Ups.Add(virtualSwitch.Name);
        Up?.Invoke(virtualSwitch);
        Decide();
    }

    public void OnSwitchDown(IVirtualSwitch virtualSwitch)
    {
        Downs.Add(virtualSwitch.Name);
        Decide();
    }

    public void OnDrained(IVirtualSwitch virtualSwitch)
    {
        Drained.Add(virtualSwitch.Name);
        Decide();
    }

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        PacketIns.Add(new PacketSeen(
            virtualSwitch.Name, packetIn.InPort, packetIn.Reason, packetIn.BufferId, packetIn.Data.ToArray())
        {
            Table = packetIn.Table,
            Cookie = packetIn.Cookie,
            TotalBytes = packetIn.TotalBytes,
        });
        return Decide();
    }

    public AppVerdict OnFlowRemoved(IVirtualSwitch virtualSwitch, FlowRemoved flowRemoved)
    {
        Removed.Add((virtualSwitch.Name, flowRemoved));
        return Decide();
    }

    public AppVerdict OnPortStatus(IVirtualSwitch virtualSwitch, PortStatus portStatus)
    {
        PortChanges.Add(portStatus);
        PortChangers.Add(virtualSwitch.Name);
        return Decide();
    }

    public AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error)
    {
        Errors.Add((xid, error));
        return Decide();
    }

    private AppVerdict Decide() => Throws is null ? Verdict : throw Throws;
}
