using Lime.Core.Apps;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>The tenant's controller application: paths between its tiers, and at its gate a firewall that lets clients
/// reach one service only, and a load balancer that gives each connection to one of two servers.</summary>
/// <remarks>It knows nothing of migrations. Threading: the controller's loop.</remarks>
internal sealed class ShopApp(TimeProvider time) : IControllerApp
{
    private const ushort PathPriority = 100;
    private const ushort FlowPriority = 300;
    private const ushort AskPriority = 200;
    private const ushort DenyPriority = 50;
    private const ushort IdleSeconds = 60;
    private const ushort Ipv4 = 0x0800;
    private const byte Udp = 17;

    private static readonly TenantHost[] Servers = [.. Tenant.Hosts.Where(each => each.Switch == "web")];

    private readonly Dictionary<(Ipv4Address, ushort), ShopFlow> _flows = [];
    private int _ready;

    /// <summary>Whether every switch has confirmed its rules.</summary>
    public bool IsReady => _ready == Tenant.Switches.Length;

    /// <summary>Connections let in so far.</summary>
    public int Flows => _flows.Count;

    /// <summary>The longest that a connection's first packet has waited for its rules.</summary>
    public TimeSpan SetUpMax { get; private set; }

    /// <summary>What the app was told that it should not have been: errors, ports that change.</summary>
    public int Surprises { get; private set; }

    /// <summary>The server that answers a client's connection; null: none was chosen yet.</summary>
    public TenantHost? ServerOf(Ipv4Address client, ushort clientPort) =>
        _flows.GetValueOrDefault((client, clientPort))?.Server;

    public void OnSwitchUp(IVirtualSwitch virtualSwitch)
    {
        if (IsOurs(virtualSwitch)) _ = InstallAsync(virtualSwitch);
    }

    public AppVerdict OnPortStatus(IVirtualSwitch virtualSwitch, PortStatus portStatus) => Wonder(virtualSwitch);

    public AppVerdict OnError(IVirtualSwitch virtualSwitch, Xid xid, ErrorMessage error) => Wonder(virtualSwitch);

    public AppVerdict OnPacketIn(IVirtualSwitch virtualSwitch, in PacketIn packetIn)
    {
        if (!IsOurs(virtualSwitch)) return AppVerdict.Continue;
        PacketFields fields = PacketParser.Parse(packetIn.InPort, packetIn.Data);
        bool isAsked = virtualSwitch.Name == "gate" && fields.Ipv4Destination == Tenant.ServiceIp
            && fields.TransportDestination == Tenant.ServicePort;
        if (isAsked) LetIn(virtualSwitch, fields, packetIn.Data.ToArray());
        return AppVerdict.Stop;
    }

    private static bool IsOurs(IVirtualSwitch virtualSwitch) => Tenant.Switches.Contains(virtualSwitch.Name);

    private AppVerdict Wonder(IVirtualSwitch virtualSwitch)
    {
        if (!IsOurs(virtualSwitch)) return AppVerdict.Continue;
        Surprises++;
        return AppVerdict.Stop;
    }

    private void LetIn(IVirtualSwitch gate, in PacketFields fields, byte[] frame)
    {
        var key = (fields.Ipv4Source, fields.TransportSource);
        if (!_flows.TryGetValue(key, out ShopFlow? flow))
        {
            TenantHost server = Servers[_flows.Count % Servers.Length];
            flow = new ShopFlow(fields.Ipv4Source, fields.TransportSource, fields.EthSource, server);
            _flows.Add(key, flow);
            _ = SetUpAsync(gate, flow);
        }
        if (flow.Waiting is { } waiting) waiting.Add(frame);
        else SendOn(gate, flow, frame);
    }

    /// <summary>Both directions are open before the first packet goes on, else the answer to it would meet a closed
    /// gate.</summary>
    private async Task SetUpAsync(IVirtualSwitch gate, ShopFlow flow)
    {
        long since = time.GetTimestamp();
        gate.Send(new FlowMod
        {
            Match = Match.Any.WithInPort(Tenant.Right).WithEthType(Ipv4).WithIpProtocol(Udp)
                .WithIpv4Source(flow.Server.Ip).WithIpv4Destination(flow.Client)
                .WithTransportSource(Tenant.ServicePort).WithTransportDestination(flow.ClientPort),
            Priority = FlowPriority,
            IdleTimeoutSeconds = IdleSeconds,
            Actions = ActionList.Of(
                FlowAction.SetEthSource(Tenant.ServiceMac), FlowAction.SetIpv4Source(Tenant.ServiceIp),
                FlowAction.Output(Tenant.Left)),
        });
        gate.Send(new FlowMod
        {
            Match = Match.Any.WithInPort(Tenant.Left).WithEthType(Ipv4).WithIpProtocol(Udp)
                .WithIpv4Source(flow.Client).WithIpv4Destination(Tenant.ServiceIp)
                .WithTransportSource(flow.ClientPort).WithTransportDestination(Tenant.ServicePort),
            Priority = FlowPriority,
            IdleTimeoutSeconds = IdleSeconds,
            Actions = ToServer(flow),
        });
        await gate.BarrierAsync();
        TimeSpan took = time.GetElapsedTime(since);
        if (took > SetUpMax) SetUpMax = took;
        List<byte[]> waiting = flow.Waiting!;
        flow.Waiting = null;
        foreach (byte[] frame in waiting) SendOn(gate, flow, frame);
    }

    private static void SendOn(IVirtualSwitch gate, ShopFlow flow, byte[] frame) => gate.Send(new PacketOut
    {
        InPort = Tenant.Left,
        Actions = ToServer(flow),
        Data = frame,
    });

    private static ActionList ToServer(ShopFlow flow) => ActionList.Of(
        FlowAction.SetEthDestination(flow.Server.Mac), FlowAction.SetIpv4Destination(flow.Server.Ip),
        FlowAction.Output(Tenant.Right));

    private async Task InstallAsync(IVirtualSwitch virtualSwitch)
    {
        if (virtualSwitch.Name == "gate") InstallGate(virtualSwitch);
        else InstallPaths(virtualSwitch);
        await virtualSwitch.BarrierAsync();
        _ready++;
    }

    private static void InstallPaths(IVirtualSwitch virtualSwitch)
    {
        foreach (TenantHost each in Tenant.Hosts)
            InstallPath(virtualSwitch, each.Mac, Tenant.PortTowards(virtualSwitch.Name, each));
        InstallPath(virtualSwitch, Tenant.ServiceMac, virtualSwitch.Name == "edge" ? Tenant.Right : Tenant.Left);
    }

    private static void InstallPath(IVirtualSwitch virtualSwitch, MacAddress to, PortNumber port) =>
        virtualSwitch.Send(new FlowMod
        {
            Match = Match.Any.WithEthDestination(to),
            Priority = PathPriority,
            Actions = ActionList.Output(port),
        });

    private static void InstallGate(IVirtualSwitch gate)
    {
        gate.Send(new FlowMod
        {
            Match = Match.Any.WithInPort(Tenant.Left).WithEthType(Ipv4).WithIpProtocol(Udp)
                .WithIpv4Destination(Tenant.ServiceIp).WithTransportDestination(Tenant.ServicePort),
            Priority = AskPriority,
            Actions = ActionList.ToController,
        });
        foreach (PortNumber port in new[] { Tenant.Left, Tenant.Right })
        {
            gate.Send(new FlowMod
            {
                Match = Match.Any.WithInPort(port),
                Priority = DenyPriority,
                Actions = ActionList.Drop,
            });
        }
    }
}
