using System.Net;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: a switch moves to another site and back while its hosts stay: Lime makes the VXLAN tunnels that it
/// takes
/// and removes them, no packet is lost, and no frame crosses the wide-area link without need. Method: two sites on Open
/// vSwitch, the real ping 1,000 times a second, the kernel's counters of the link.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class TunnelTests
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(1);

    [Test]
    [CancelAfter(150_000)]
    public async Task A_switch_moves_to_the_other_site_and_back_by_tunnels_that_Lime_makes()
    {
        RealNetworkRequirements.Check();
        using var network = new TwoSiteNetwork();
        var app = new AddressPathApp(3);
        await using var controller = new LimeController(
            new LimeOptions
            {
                Listen = new IPEndPoint(network.ControllerAddress, 0),
                Network = network.Description,
                Channel = ChannelOptions.Default with { Versions = [OpenFlowVersion.V13] },
            },
            [app]);
        controller.Start();
        network.S3.SetController(controller.ListenEndPoint!);
        network.S4.SetController(controller.ListenEndPoint!);
        await Poll.UntilAsync(
            () => controller.PhysicalSwitches.Count(each => each.IsConnected) == 2, "both are connected");
        await app.Ready.WaitAsync(EndTimeout);

        (long local, long without) = await CountAsync(network, network.Hosts[0], network.Hosts[1]);
        Assert.That(without, Is.LessThan(local / 20), "both hosts are at one site");

        var plan = new MigrationPlan("s3", new DatapathId(4)) { TargetPorts = [new(new(3), new(1))] };
        using PingRun pings = await PingRun.StartAsync(network.Hosts[0], network.Hosts[1]);
        IMigration away = await controller.Ensembles.MigrateAsync(plan);
        MigrationProgress moved = await away.Completion.WaitAsync(EndTimeout);
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        Assert.That(Ports(network.West, "s3"), Has.Length.EqualTo(5));
        Assert.That(Ports(network.East, "s4"), Has.Length.EqualTo(3));
        PingReport during = await pings.StopAsync();
        TestContext.Out.WriteLine($"away: {during}");
        Assert.That((during.Lost, during.Duplicates), Is.EqualTo((0, 0)), $"{during}");

        (long across, long once) = await CountAsync(network, network.Hosts[2], network.Hosts[0]);
        Assert.That(once, Is.EqualTo(across).Within(5).Percent, "each frame crosses once");

        using PingRun morePings = await PingRun.StartAsync(network.Hosts[0], network.Hosts[1]);
        IMigration home = await controller.Ensembles.MigrateAsync(
            new MigrationPlan("s3", new DatapathId(3)) { TargetPorts = [new(new(3), new(3))] });
        MigrationProgress returned = await home.Completion.WaitAsync(EndTimeout);
        PingReport back = await morePings.StopAsync();
        TestContext.Out.WriteLine($"back: {returned.Detail}; {back}");
        Assert.That(returned.Phase, Is.EqualTo(MigrationPhase.Completed), returned.Detail);
        Assert.That((back.Lost, back.Duplicates), Is.EqualTo((0, 0)), $"{back}");
        Assert.That(string.Join(' ', Ports(network.West, "s3")), Is.EqualTo("s3-1 s3-2 s3-3"));
        Assert.That(string.Join(' ', Ports(network.East, "s4")), Is.EqualTo("s4-1"));
    }

    /// <summary>Pings for two seconds: none may be lost.</summary>
    /// <returns>The frames that the pinging host has sent and received, and those that have crossed.</returns>
    private static async Task<(long HostFrames, long WanFrames)> CountAsync(
        TwoSiteNetwork network, RealHost from, RealHost to)
    {
        (long hostBefore, long wanBefore) = (TwoSiteNetwork.FramesOf(from), network.WanFrames);
        PingReport report = await PingRun.RunAsync(from, to, TimeSpan.FromSeconds(2));
        (long host, long wan) = (TwoSiteNetwork.FramesOf(from) - hostBefore, network.WanFrames - wanBefore);
        TestContext.Out.WriteLine($"{host} frames of the host, {wan} over the wide-area link; {report}");
        Assert.That((report.Lost, report.Duplicates), Is.EqualTo((0, 0)), $"{report}");
        return (host, wan);
    }

    private static string[] Ports(OvsSite site, string bridge) =>
        site.Daemons.Configure("list-ports", bridge).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
