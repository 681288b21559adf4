using System.Net;
using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.OpenFlow.Transport;
using Lime.Tests.RealNetwork;
using NUnit.Framework;

namespace Lime.Tests.Emulation;

/// <summary>Open vSwitch's own tool talks OpenFlow 1.3 to an emulated switch that listens.</summary>
[Category("Socket")]
[Category("RealNetwork")]
internal sealed class OvsOfctl13Test
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
    public void Show_tells_identity_tables_ports_and_configuration()
    {
        string text = Ofctl("show");
        Assert.That(text, Does.Contain("OFPT_FEATURES_REPLY (OF1.3)").And.Contain("n_tables:8, n_buffers:256"));
        Assert.That(text, Does.Contain("capabilities: FLOW_STATS TABLE_STATS PORT_STATS GROUP_STATS"));
        Assert.That(text, Does.Contain("1(s1-eth1): addr:02:ab:cd:ef:00:01").And.Contain("speed: 10000 Mbps now"));
        Ofctl("mod-port", "2", "down");
        Assert.That(Ofctl("show"), Does.Contain("config:     PORT_DOWN"));
        Assert.That(Ofctl("dump-ports-desc"), Does.Contain("3(s1-eth3)"));
        Assert.That(Ofctl("dump-ports"), Does.Contain("3 ports"));
        Assert.That(Ofctl("dump-desc"), Does.Contain("Manufacturer: Lime"));
    }

    [Test]
    public void Flows_of_many_tables_are_added_told_changed_and_deleted()
    {
        Ofctl("add-flow", "table=0,priority=7,ipv6,ipv6_dst=2001:db8::/32,"
            + "actions=write_metadata:0x5/0xff,goto_table:3");
        Ofctl("add-flow", "table=3,priority=9,metadata=0x5/0xff,tcp,tp_dst=80,actions=push_vlan:0x8100,"
            + "set_field:4103->vlan_vid,dec_ttl,output:2");
        Ofctl("add-flow", "table=4,priority=0,actions=CONTROLLER:65535");
        string text = Ofctl("dump-flows");
        Assert.That(text, Does.Match(
            "priority=7,ipv6,ipv6_dst=2001:db8::/32 actions=write_metadata:0x5/0xff,goto_table:3"));
        Assert.That(text, Does.Match("table=3, .*priority=9,tcp,metadata=0x5/0xff,tp_dst=80 actions=push_vlan:0x8100,"
            + "set_field:4103->vlan_vid,dec_ttl,output:\"?2"));
        Assert.That(text, Does.Match("table=4, .*priority=0 actions=CONTROLLER:65535"));
        Ofctl("mod-flows", "table=3,actions=output:3");
        Assert.That(Ofctl("dump-flows", "table=3"), Does.Match("actions=output:\"?3"));
        Assert.That(Ofctl("dump-aggregate"), Does.Contain("flow_count=3"));
        Ofctl("del-flows", "table=0");
        Assert.That(Ofctl("dump-aggregate"), Does.Contain("flow_count=2"));
        Ofctl("del-flows");
        Assert.That(Ofctl("dump-aggregate"), Does.Contain("flow_count=0"));
    }

    [Test]
    public void Groups_and_meters_are_added_and_told()
    {
        Ofctl("add-group", "group_id=1,type=select,bucket=weight:1,output:1,bucket=weight:2,output:2");
        Ofctl("add-group", "group_id=2,type=ff,bucket=watch_port:1,output:1,bucket=watch_port:2,group:1");
        Ofctl("add-flow", "priority=1,actions=group:2");
        Ofctl("add-meter", "meter=3,kbps,burst,band=type=drop,rate=10000,burst_size=100");
        Ofctl("add-flow", "priority=2,actions=meter:3,output:1");
        string groups = Ofctl("dump-groups");
        Assert.That(groups, Does.Match("group_id=1,type=select,bucket=.*bucket=weight:2"));
        Assert.That(groups, Does.Contain("group_id=2,type=ff"));
        Assert.That(Ofctl("dump-group-stats"),
            Does.Match("group_id=1,duration=.*ref_count=1").And.Match("group_id=2,.*ref_count=1"));
        Assert.That(Ofctl("dump-group-features"), Does.Contain("Capabilities:  0xf"));
        Assert.That(Ofctl("dump-meters"),
            Does.Match(@"meter=3 kbps burst bands=\n?.*type=drop rate=10000 burst_size=100"));
        Assert.That(Ofctl("meter-stats"), Does.Match("meter:3 flow_count:1"));
        Assert.That(Ofctl("meter-features"), Does.Contain("max_meter:4096 max_bands:16"));
        Ofctl("del-groups");
        Ofctl("del-meters");
        Assert.That(Ofctl("dump-aggregate"), Does.Contain("flow_count=0"));
    }

    [Test]
    public void Table_statistics_and_features_are_understood()
    {
        Assert.That(Ofctl("dump-tables"), Does.Contain("active=0"));
        string features = Ofctl("dump-table-features");
        Assert.That(features, Does.Contain("emulated0").And.Contain("metadata: match=0xffffffffffffffff"));
        Assert.That(features, Does.Not.Contain("***"), "nothing malformed");
    }

    [Test]
    public void Ten_thousand_flows_in_one_bundle_are_told_back_to_the_last()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, Enumerable.Range(0, 10_000).Select(i =>
                $"priority={i},ip,nw_dst=10.0.{i / 256}.{i % 256},"
                + "actions=set_field:02:00:00:00:00:01->eth_src,output:1"));
            Ofctl("add-flows", "--bundle", file);
            Assert.That(Ofctl("dump-flows").Split('\n').Count(line => line.Contains("eth_src")), Is.EqualTo(10_000));
            File.WriteAllLines(file, ["priority=1,tcp,actions=output:1", "table=200,priority=1,udp,actions=drop"]);
            CommandResult result = Command.TryRun(
                ["ovs-ofctl", "-O", "OpenFlow13", "--bundle", "add-flows", Address, file]);
            Assert.That(result.Error, Does.Contain("OFPFMFC_BAD_TABLE_ID").And.Contain("OFPBFC_MSG_FAILED"));
            Assert.That(Ofctl("dump-flows", "tcp"), Does.Not.Contain("priority=1,tcp"), "rolled back");
        }
        finally
        {
            File.Delete(file);
        }
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
            [.. (string[])["ovs-ofctl", "-O", "OpenFlow13"], .. options, command, Address, .. rest]);
    }
}
