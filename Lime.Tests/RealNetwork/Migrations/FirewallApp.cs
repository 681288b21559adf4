using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>A stateful firewall for UDP on s3: outside, behind port 2, may answer only what inside, behind port 1, has
/// asked.</summary>
/// <remarks>As such apps are written for one switch: it allows the answer, then sends the question on, and trusts that
/// commands take effect in the order in which they were given. Threading: the controller's loop.</remarks>
internal sealed class FirewallApp(string switchName) : IControllerApp
{
    private const ushort FirewallPriority = 200;

    private const ushort AllowPriority = 300;

    /// <summary>Long after an answer has come, so that the table doesn't fill up.</summary>
    private const ushort AllowSeconds = 3;

    private const byte Udp = 17;

    private static readonly PortNumber Inside = new(1);

    private static readonly PortNumber Outside = new(2);

    /// <summary>Questions it has let through.</summary>
    public int Allowed { get; private set; }

    public void OnSwitchUp(IVirtualSwitch virtualSwitch)
    {
        if (virtualSwitch.Name != switchName) return;
        Match udp = Match.Any.WithEthType(0x0800).WithIpProtocol(Udp);
        virtualSwitch.Send(new FlowMod
        {
            Match = udp.WithInPort(Outside),
            Priority = FirewallPriority,
            Actions = ActionList.Drop,
        });
        virtualSwitch.Send(new FlowMod
        {
            Match = udp.WithInPort(Inside),
            Priority = FirewallPriority,
            Actions = ActionList.ToController,
        });
    }

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (virtualSwitch.Name != switchName || packetIn.InPort != Inside) return AppVerdict.Continue;
        PacketFields fields = PacketParser.Parse(packetIn.InPort, packetIn.Data);
        if (fields.IpProtocol != Udp) return AppVerdict.Continue;
        Allowed++;
        virtualSwitch.Send(new FlowMod
        {
            Match = Match.Any.WithInPort(Outside).WithEthType(0x0800).WithIpProtocol(Udp)
                .WithIpv4Source(fields.Ipv4Destination).WithIpv4Destination(fields.Ipv4Source)
                .WithTransportSource(fields.TransportDestination).WithTransportDestination(fields.TransportSource),
            Priority = AllowPriority,
            HardTimeoutSeconds = AllowSeconds,
            Actions = ActionList.Output(Inside),
        });
        virtualSwitch.Send(new PacketOut
        {
            BufferId = packetIn.BufferId,
            InPort = Inside,
            Actions = ActionList.Output(Outside),
            Data = packetIn.BufferId == BufferId.None ? packetIn.Data : default,
        });
        return AppVerdict.Stop;
    }
}
