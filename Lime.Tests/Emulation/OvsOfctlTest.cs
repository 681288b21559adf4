using System.Net;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Transport;
using Lime.Tests.RealNetwork;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Open vSwitch's own tool talks to an emulated switch that listens: an independent check of what
/// is on the wire.</summary>
[Category("Socket")]
[Category("RealNetwork")]
internal sealed class OvsOfctlTest
{
    private EventLoop _loop = null!;
    private TcpOpenFlowListener _listener = null!;

    [SetUp]
    public void SetUp()
    {
        Requirement.Program("ovs-ofctl");
        _loop = EventLoop.StartThread("emulation");
        EmulatedSwitch node = new EmulatedNetwork(_loop, seed: 1).AddSwitch("s1", new(0xabcdef));
        for (uint port = 1; port <= 3; port++) node.AddPort(new(port));
        _listener = TcpOpenFlowListener.Start(new IPEndPoint(IPAddress.Loopback, 0), new TcpListenerCallbacks(
            _ => _loop.Scheduler,
            accepted => _loop.Post(() => _ = node.Connect(accepted.Transport)),
            _ => { }));
    }

    [TearDown]
    public void TearDown()
    {
        _listener?.Dispose();
        _loop?.Dispose();
    }

    [Test]
    public void Show_tells_identity_ports_and_configuration()
    {
        string text = Ofctl("show");
        Assert.That(text, Does.Contain("dpid:0000000000abcdef").And.Contain("n_tables:1, n_buffers:256"));
        Assert.That(text,
            Does.Contain("1(s1-eth1): addr:02:ab:cd:ef:00:01").And.Contain("state:      LINK_DOWN"));
        Assert.That(text, Does.Contain("capabilities: FLOW_STATS TABLE_STATS PORT_STATS ARP_MATCH_IP"));
        Assert.That(text, Does.Contain("OFPT_GET_CONFIG_REPLY (xid=0x").And.Contain("miss_send_len=128"));
    }

    [Test]
    public void Flows_are_added_told_changed_and_deleted()
    {
        Ofctl("add-flow", "priority=7,cookie=0x2a,idle_timeout=60,ip,nw_src=10.1.0.0/16,"
            + "actions=mod_nw_dst:10.2.0.1,output:2");
        Ofctl("add-flow", "priority=9,in_port=1,dl_vlan=5,tcp,tp_dst=80,actions=strip_vlan,FLOOD");
        string text = Ofctl("dump-flows");
        Assert.That(text, Does.Match("cookie=0x2a, .* idle_timeout=60, .*priority=7,ip,nw_src=10.1.0.0/16 "
            + "actions=mod_nw_dst:10.2.0.1,output:\"?2"));
        Assert.That(text,
            Does.Match("priority=9,tcp,in_port=\"?1\"?,dl_vlan=5,tp_dst=80 actions=strip_vlan,FLOOD"));
        Ofctl("mod-flows", "--strict", "priority=7,ip,nw_src=10.1.0.0/16,actions=output:3");
        Assert.That(Ofctl("dump-flows", "ip,nw_src=10.1.0.0/16"), Does.Match("actions=output:\"?3"));
        Assert.That(Ofctl("dump-aggregate"), Does.Contain("flow_count=2"));
        Ofctl("del-flows", "tcp");
        Assert.That(Ofctl("dump-aggregate"), Does.Contain("flow_count=1"));
    }

    [Test]
    public void Ten_thousand_flows_are_told_back_to_the_last()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Range(0, 10_000).Select(i =>
                $"priority={i},ip,nw_dst=10.0.{i / 256}.{i % 256},"
                + "actions=mod_dl_src:02:00:00:00:00:01,output:1"));
            Ofctl("add-flows", file);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.That(Ofctl("dump-flows").Split('\n').Count(line => line.Contains("mod_dl_src")),
            Is.EqualTo(10_000));
    }

    [Test]
    public void Statistics_and_port_changes_are_understood()
    {
        Assert.That(Ofctl("dump-ports"), Does.Contain("3 ports"));
        Assert.That(Ofctl("dump-tables"), Does.Contain("emulated").Or.Contain("active=0"));
        Assert.That(Ofctl("dump-desc"), Does.Contain("Manufacturer: Lime"));
        Ofctl("mod-port", "2", "no-flood");
        Assert.That(Ofctl("show"), Does.Contain("config:     NO_FLOOD"));
        Ofctl("set-frags", "drop");
        Assert.That(Ofctl("get-frags"), Does.Contain("drop"));
    }

    [Test]
    public void An_error_is_understood_and_names_the_message()
    {
        CommandResult result = Command.TryRun(
            ["ovs-ofctl", "-O", "OpenFlow10", "add-flow", Address, "priority=1,actions=NORMAL"]);
        Assert.That(result.Error, Does.Contain("OFPBAC_BAD_OUT_PORT").And.Contain("OFPT_FLOW_MOD"));
    }

    private string Address => $"tcp:127.0.0.1:{_listener.LocalEndPoint.Port}";

    /// <summary>Options stand before the command's arguments, the switch's address behind the
    /// command.</summary>
    private string Ofctl(string command, params string[] arguments)
    {
        IEnumerable<string> options = arguments.Where(
            argument => argument.StartsWith("--", StringComparison.Ordinal));
        IEnumerable<string> rest = arguments.Except(options);
        return Command.Run(
            [.. (string[])["ovs-ofctl", "-O", "OpenFlow10"], .. options, command, Address, .. rest]);
    }
}
