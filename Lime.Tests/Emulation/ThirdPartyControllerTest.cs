using System.Net;
using System.Net.Sockets;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Tests.RealNetwork;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Controllers that others wrote drive h1-s1-s2-s3-h2 over TCP in real time.</summary>
[Category("Socket")]
[Category("RealNetwork")]
internal sealed class ThirdPartyControllerTest
{
    private const int PingCount = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<EmulatedSwitch> _connecting = [];
    private EventLoop _loop = null!;
    private Chain _chain = null!;
    private IPEndPoint _controller = null!;
    private ITimer? _retry;

    [SetUp]
    public void SetUp()
    {
        _connecting.Clear();
        _loop = EventLoop.CreateManual(TimeProvider.System);
        _chain = new Chain(_loop, seed: 1);
        _controller = new IPEndPoint(IPAddress.Loopback, FreePort());
    }

    [TearDown]
    public void TearDown()
    {
        _retry?.Dispose();
        foreach (EmulatedSwitch node in _chain.Network.Switches) node.Disconnect();
        _loop.RunFor(TimeSpan.FromMilliseconds(1));
        _loop.Dispose();
    }

    [Test]
    public void Ovs_testcontroller_makes_pings_pass(
        [Values("", "-H", "-n")] string mode, [Values("OpenFlow10", "OpenFlow13")] string version)
    {
        Requirement.Program("ovs-testcontroller");
        string control = Path.Combine(Path.GetTempPath(), $"lime-{Guid.NewGuid():n}.ctl");
        string[] options = mode.Length == 0 ? [$"--unixctl={control}"] : [$"--unixctl={control}", mode];
        using RunningProcess controller = RunningProcess.Start(
            ["ovs-testcontroller", "-O", version, .. options, $"ptcp:{_controller.Port}:127.0.0.1"]);
        ExpectPingsToPass();
        bool usesPacketOuts = mode != "-H";
        Assert.That(_chain.Network.Switches.Select(node => node.Counters.PacketOutsApplied),
            usesPacketOuts ? Is.All.GreaterThan(0) : Is.All.Zero, "a hub is one rule");
        // In 1.3 it adds a table-miss rule in any case.
        int missRules = version == "OpenFlow13" ? 1 : 0;
        bool addsFlows = mode != "-n";
        Assert.That(_chain.Network.Switches.Select(node => node.FlowCount),
            addsFlows ? Is.All.GreaterThan(0) : Is.All.EqualTo(missRules));
    }

    [Test]
    public void Os_ken_makes_pings_pass([Values(10, 13)] int version)
    {
        Requirement.Program("osken-manager");
        string app = Path.Combine(Path.GetTempPath(), $"lime_{Guid.NewGuid():n}.py");
        File.WriteAllText(app, version == 13 ? LearningApp13.Text : LearningApp);
        try
        {
            using RunningProcess controller = RunningProcess.Start(
            [
                "osken-manager", "--ofp-listen-host", "127.0.0.1", "--ofp-tcp-listen-port",
                $"{_controller.Port}", app,
            ]);
            ExpectPingsToPass();
            Assert.That(_chain.Network.Switches.Select(node => node.FlowCount), Is.All.GreaterThan(1));
        }
        finally
        {
            File.Delete(app);
        }
    }

    /// <summary>Learns where an address is from what it sends, for OpenFlow 1.0.</summary>
    private const string LearningApp = """
        from os_ken.base import app_manager
        from os_ken.controller import ofp_event
        from os_ken.controller.handler import MAIN_DISPATCHER, set_ev_cls
        from os_ken.lib.packet import ethernet, packet
        from os_ken.ofproto import ofproto_v1_0


        class Learning(app_manager.OSKenApp):
            OFP_VERSIONS = [ofproto_v1_0.OFP_VERSION]

            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.places = {}

            @set_ev_cls(ofp_event.EventOFPPacketIn, MAIN_DISPATCHER)
            def on_packet_in(self, event):
                message = event.msg
                path = message.datapath
                parser, proto = path.ofproto_parser, path.ofproto
                header = packet.Packet(message.data).get_protocol(ethernet.ethernet)
                self.places[path.id, header.src] = message.in_port
                port = self.places.get((path.id, header.dst), proto.OFPP_FLOOD)
                actions = [parser.OFPActionOutput(port)]
                if port != proto.OFPP_FLOOD:
                    match = parser.OFPMatch(in_port=message.in_port, dl_dst=header.dst)
                    path.send_msg(parser.OFPFlowMod(
                        datapath=path, match=match, cookie=1, command=proto.OFPFC_ADD, actions=actions))
                data = message.data if message.buffer_id == proto.OFP_NO_BUFFER else None
                path.send_msg(parser.OFPPacketOut(
                    datapath=path, buffer_id=message.buffer_id, in_port=message.in_port,
                    actions=actions, data=data))
        """;

    private void ExpectPingsToPass()
    {
        _retry = _loop.Time.CreateTimer(_ => ConnectMissing(), null, TimeSpan.Zero,
            TimeSpan.FromMilliseconds(100));
        Assert.That(_loop.Run(() => _chain.Network.Switches.All(node => node.IsConnected), Patience), Is.True,
            "all connect");
        Pinger pinger = _chain.H1.CreatePinger(_chain.H2.Ip, new PingerOptions
        {
            Interval = TimeSpan.FromMilliseconds(20),
            Grace = Patience,
        });
        pinger.Start();
        _loop.Run(() => pinger.Records.Count >= PingCount, Patience);
        pinger.Stop();
        _loop.Run(() => pinger.Summarise().Pending == 0, Patience);
        PingSummary summary = pinger.Summarise();
        Assert.That((summary.Received, summary.Duplicates), Is.EqualTo((summary.Sent, 0)),
            summary.ToString());
        Assert.That(summary.Sent, Is.GreaterThanOrEqualTo(PingCount));
        Assert.That(_chain.Network.Switches.Select(node => node.Counters.FlowModsRefused), Is.All.Zero);
    }

    /// <summary>The controller takes its time to start: try until each switch has a connection.</summary>
    private void ConnectMissing()
    {
        foreach (EmulatedSwitch node in _chain.Network.Switches.Where(node => !node.IsConnected))
            _ = TryConnectAsync(node);
    }

    private async Task TryConnectAsync(EmulatedSwitch node)
    {
        if (!_connecting.Add(node)) return;
        try
        {
            await node.ConnectTcpAsync(_controller);
        }
        catch (SocketException)
        {
            _connecting.Remove(node);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
