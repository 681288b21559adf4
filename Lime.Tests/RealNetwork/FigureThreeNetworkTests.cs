using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork;

/// <remarks>Goal: the fixture itself can be trusted, before any migration is measured on it.
/// Method: rules by ovs-ofctl and no controller; a path that is whole must lose nothing, a path
/// that is cut must be seen to lose.
/// </remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class FigureThreeNetworkTests
{
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(3);

    private FigureThreeNetwork _network = null!;

    /// <summary>One for all tests: what a test changes is the rules, and those are put back.</summary>
    [OneTimeSetUp]
    public void Build()
    {
        RealNetworkRequirements.Check();
        _network = new FigureThreeNetwork(new FigureThreeOptions { HasStaticArp = false });
    }

    [SetUp]
    public void Put_rules()
    {
        foreach (OvsBridge each in Bridges) each.Ofctl.DeleteRules();
        AddPath(_network.S1);
        AddPath(_network.S2);
        AddPath(_network.S3);
    }

    [OneTimeTearDown]
    public void Remove() => _network?.Dispose();

    [Test]
    public async Task Ping_both_ways_at_1000_packets_a_second_loses_nothing()
    {
        const int AnswerCount = 2500;
        using PingRun forth = await PingRun.StartAsync(_network.HostOne, _network.HostTwo);
        using PingRun back = await PingRun.StartAsync(_network.HostTwo, _network.HostOne);
        // Counted and not timed: a ping that waits for a processor sends fewer in a given time.
        await Task.WhenAll(forth.WaitForAnswersAsync(AnswerCount), back.WaitForAnswersAsync(AnswerCount));

        foreach (PingReport report in await Task.WhenAll(forth.StopAsync(), back.StopAsync()))
        {
            TestContext.Out.WriteLine(report);
            Assert.That(report.Transmitted, Is.GreaterThanOrEqualTo(AnswerCount));
            Assert.That(report.Lost, Is.Zero);
            Assert.That(report.Duplicates, Is.Zero);
            Assert.That(report.Reordered, Is.Zero);
        }
    }

    [Test]
    public async Task Ping_sees_the_loss_while_a_rule_is_missing()
    {
        using PingRun ping = await PingRun.StartAsync(_network.HostOne, _network.HostTwo);
        _network.S3.Ofctl.DeleteRules("in_port=1");
        await ping.ContinueForAsync(TimeSpan.FromMilliseconds(300));
        AddPath(_network.S3);
        await ping.ContinueForAsync(TimeSpan.FromMilliseconds(300));
        PingReport report = await ping.StopAsync();

        TestContext.Out.WriteLine(report);
        Assert.That(report.Lost, Is.GreaterThan(200));
        Assert.That(report.LargestGapMs, Is.GreaterThan(290));
    }

    [Test]
    public async Task Ping_sees_a_duplicate_when_both_paths_carry_it()
    {
        AddPath(_network.S4);
        _network.S2.Ofctl.AddRules("in_port=3,actions=output:2");
        using PingRun ping = await PingRun.StartAsync(_network.HostOne, _network.HostTwo);
        _network.S1.Ofctl.AddRules("in_port=1,actions=output:2,output:3");
        await ping.ContinueForAsync(TimeSpan.FromMilliseconds(300));
        PingReport report = await ping.StopAsync();

        TestContext.Out.WriteLine(report);
        Assert.That(report.Lost, Is.Zero);
        Assert.That(report.Duplicates, Is.GreaterThan(100));
        Assert.That(_network.S4.Ofctl.DumpPorts().Single(port => port.PortNumber == 1).ReceivedCount,
            Is.GreaterThan(100));
    }

    [Test]
    public async Task A_transfer_has_no_stall_over_200_ms()
    {
        IperfReport report = await IperfRun.RunAsync(_network.HostOne, _network.HostTwo, RunTime);

        TestContext.Out.WriteLine(report);
        Assert.That(report.BytesPerSecond, Is.GreaterThan(1_000_000));
        Assert.That(report.LongestStallMsMax, Is.LessThanOrEqualTo(200));
    }

    [Test]
    public async Task Ping_loses_nothing_beside_a_transfer_without_a_stall()
    {
        using IperfRun transfer = IperfRun.Start(_network.HostOne, _network.HostTwo);
        PingReport ping = await PingRun.RunAsync(_network.HostTwo, _network.HostOne, RunTime);
        IperfReport report = transfer.Stop();

        TestContext.Out.WriteLine($"{ping}; {report}");
        Assert.That(ping.Lost, Is.Zero);
        Assert.That(report.LongestStallMsMax, Is.LessThanOrEqualTo(200));
    }

    [Test]
    public async Task A_transfer_shows_the_stall_while_a_rule_is_missing()
    {
        using IperfRun transfer = IperfRun.Start(_network.HostOne, _network.HostTwo);
        await transfer.ContinueForAsync(TimeSpan.FromMilliseconds(500));
        _network.S3.Ofctl.DeleteRules("in_port=1");
        await transfer.ContinueForAsync(TimeSpan.FromMilliseconds(500));
        AddPath(_network.S3);
        await transfer.ContinueForAsync(TimeSpan.FromSeconds(1));
        IperfReport report = transfer.Stop();

        TestContext.Out.WriteLine(report);
        Assert.That(report.LongestStallMs, Is.GreaterThan(200));
    }

    [Test]
    public void Rules_read_back_as_they_were_added()
    {
        _network.S4.Ofctl.AddRules(
            "cookie=0x2a,priority=9,idle_timeout=60,in_port=1,tcp,tp_dst=80,actions=output:2",
            "priority=0,actions=drop");
        IReadOnlyList<OvsRule> rules = _network.S4.Ofctl.DumpRules();

        Assert.That(rules, Is.EquivalentTo([
            new OvsRule(9, "tcp,in_port=1,tp_dst=80", "output:2", 0x2a, 0, 0, 60, 0, false),
            new OvsRule(0, "", "drop", 0, 0, 0, 0, 0, false)]));
        Assert.That(
            _network.S1.Ofctl.DumpPorts().Select(port => port.PortNumber), Is.EquivalentTo([1, 2, 3]));
        Assert.That(OvsOfctl.Print([1, 0, 0, 8, 0, 0, 0, 1]), Does.StartWith("OFPT_HELLO (xid=0x1)"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Every_switch_reaches_a_controller_in_this_process(CancellationToken cancellation)
    {
        using TcpListener listener = new(_network.ControllerAddress, 0);
        listener.Start();
        _network.SetController((IPEndPoint)listener.LocalEndpoint);

        HashSet<EndPoint> callers = [];
        byte[] header = new byte[8];
        try
        {
            await AcceptAllAsync();
        }
        finally
        {
            foreach (OvsBridge each in Bridges) each.RemoveController();
        }
        Assert.That(
            callers.Select(caller => ((IPEndPoint)caller).Address).Distinct().ToList(), Has.Count.EqualTo(3));

        async Task AcceptAllAsync()
        {
            for (int connection = 0; connection < 4; connection++)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(cancellation);
                await client.GetStream().ReadExactlyAsync(header, cancellation);
                Assert.That(header[..2], Is.EqualTo(new byte[] { 1, 0 }), "OFPT_HELLO of OpenFlow 1.0");
                callers.Add(client.Client.RemoteEndPoint!);
            }
        }
    }

    [Test]
    public void A_switch_that_is_killed_is_gone_and_the_network_still_ends_cleanly()
    {
        int processId;
        using (FigureThreeNetwork other = new())
        {
            processId = other.TargetSite.Daemons.SwitchProcessId;
            other.TargetSite.Daemons.KillSwitch();
        }

        Assert.That(ProcessState.IsRunning(processId), Is.False);
    }

    private OvsBridge[] Bridges => [_network.S1, _network.S2, _network.S3, _network.S4];

    private static void AddPath(OvsBridge bridge) =>
        bridge.Ofctl.AddRules("in_port=1,actions=output:2", "in_port=2,actions=output:1");
}
