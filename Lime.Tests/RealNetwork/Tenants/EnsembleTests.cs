using System.Diagnostics;
using System.Net;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.RealNetwork.Migrations;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Tenants;

/// <remarks>Goal: a tenant of three switches and four hosts moves to another site, 10 ms away, while it works: of what
/// is
/// is sent outside a host's own pause nothing is lost or doubled, connections stay, no frame crosses without need.
/// Method: Open vSwitch at both sites, each with its own database; real ping 1,000 times a second both ways and a real
/// TCP transfer; the VXLAN frames on the wide-area link are counted there. Beside it as long a run without a
/// migration.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class EnsembleTests
{
    private const double PauseMsMax = 100;

    /// <summary>There and back over the wide-area link, and something for the switches. A ping that is under way when a
    /// host begins to stand still reaches nobody; so it is with one that is sent just before its end, as far as its
    /// time
    /// is known.</summary>
    private const double RoundTripMs = 25;

    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(2);

    [Test]
    [CancelAfter(240_000)]
    public async Task A_tenant_moves_to_another_site_with_its_hosts()
    {
        RealNetworkRequirements.Check();
        using TenantSites sites = await TenantSites.StartAsync();
        await using LimeController controller = await ConnectAsync(sites);
        var mover = new CableMover(sites);
        var clock = Stopwatch.StartNew();
        (EnsembleProgress end, PingReport[] pings, IperfReport transfer) = await MoveAsync(sites, controller, mover);
        TimeSpan duration = clock.Elapsed;
        WanCount wan = sites.Wan!.Stop();
        Print("migration", pings, transfer);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        CheckNothingIsLeft(sites);
        // What a link that waits for a processor adds to each frame's time.
        foreach (PingReport each in pings) CheckPings(each, mover.Pauses, RoundTripMs + (2 * wan.LatestMs));
        Assert.That(transfer.ReceivedBytes, Is.GreaterThan(100_000));
        CheckCrossing(wan, mover.Pauses);

        using TenantTraffic control = await TenantTraffic.StartAsync(sites);
        await Poll.PassAsync(duration);
        (PingReport[] still, IperfReport stillTransfer) = await control.StopAsync();
        Print("control run", still, stillTransfer);
        Assert.That(still.Select(each => (each.Lost, each.Duplicates)), Is.All.EqualTo((0, 0)), "control run");
        Assert.That(mover.Pauses.Select(each => each.LengthMs), Is.All.LessThanOrEqualTo(PauseMsMax));
    }

    private static void Print(string what, PingReport[] pings, IperfReport transfer)
    {
        foreach (PingReport each in pings) TestContext.Out.WriteLine($"{what}: {each}");
        TestContext.Out.WriteLine($"{what}: {transfer}");
    }

    private static void CheckNothingIsLeft(TenantSites sites)
    {
        Assert.That(TenantSites.PortsOf(sites.West, 'a'), Is.EqualTo(TenantSites.PlainPorts('a')));
        Assert.That(TenantSites.PortsOf(sites.East, 'b'), Is.EqualTo(TenantSites.PlainPorts('b')));
        for (int i = 0; i < TenantSites.SwitchCount; i++)
            Assert.That(OvsTable.Of(sites.Bridges[i]), Is.Empty, sites.Bridges[i].Name);
    }

    private static async Task<(EnsembleProgress End, PingReport[] Pings, IperfReport Transfer)> MoveAsync(
        TenantSites sites, LimeController controller, CableMover mover)
    {
        using TenantTraffic traffic = await TenantTraffic.StartAsync(sites);
        IEnsembleMigration migration = await controller.Ensembles.MigrateAsync(PlanOf(sites, mover));
        EnsembleProgress end = await migration.Completion.WaitAsync(EndTimeout);
        (PingReport[] pings, IperfReport transfer) = await traffic.StopAsync();
        TestContext.Out.WriteLine($"{end.Detail} All in {end.Elapsed.TotalMilliseconds:F0} ms.");
        foreach (HostMoveReport each in end.Hosts)
            TestContext.Out.WriteLine($"{each.Host}: switches took {each.Switchover?.TotalMilliseconds:F1} ms");
        foreach (HostPause each in mover.Pauses)
            TestContext.Out.WriteLine($"h{each.Host} stood still for {each.LengthMs:F1} ms");
        return (end, pings, transfer);
    }

    private static void CheckPings(PingReport report, IReadOnlyList<HostPause> pauses, double underWayMs)
    {
        double[] unexplained = [.. report.Gaps.SelectMany(each => each.SentMs)
            .Where(sent => !pauses.Any(pause => sent > pause.BeginMs - underWayMs && sent < pause.EndMs + underWayMs))];
        Assert.That(unexplained, Is.Empty, "lost outside of pauses");
        Assert.That(report.Duplicates, Is.Zero);
    }

    /// <summary>A frame has to cross, once, if the two hosts are at different sites when it is sent.</summary>
    private static void CheckCrossing(WanCount wan, IReadOnlyList<HostPause> pauses)
    {
        long least = 0;
        for (int i = 1; i < pauses.Count; i++)
        {
            int[] moved = [.. pauses.Take(i).Select(each => each.Host)];
            foreach ((int a, int b) in TenantTraffic.Pairs)
            {
                if (moved.Contains(a) == moved.Contains(b)) continue;
                least += new[] { a, b }.Sum(each =>
                    pauses[i].SentCounts[each - 1] - pauses[i - 1].SentCounts[each - 1]);
            }
        }
        TestContext.Out.WriteLine($"over the wide-area link: {wan}; at least {least} frames of hosts had to cross");
        Assert.That(wan.Inner, Is.EqualTo(least).Within(5).Percent);
    }

    private static EnsemblePlan PlanOf(TenantSites sites, CableMover mover) => new(
        [.. Enumerable.Range(1, TenantSites.SwitchCount)
            .Select(i => new EnsembleSwitch($"v{i}", TenantSites.TargetOf(i)))],
        [.. sites.Hosts.Select(each =>
        {
            (string name, uint port) = TenantSites.PlaceOf(each.Number);
            return new EnsembleHost(
                each.Name, new VirtualPort(name, new PortNumber(port)), new PortNumber(port))
            {
                Mac = new MacAddress(0x0200_0000_0000UL + (ulong)each.Number),
            };
        })])
    {
        Mover = mover,
        // So that frames between the sites are many beside those of the moments in which hosts move.
        HostInterval = TimeSpan.FromMilliseconds(500),
    };

    private static async Task<LimeController> ConnectAsync(TenantSites sites)
    {
        var app = new TenantApp();
        var controller = new LimeController(
            new LimeOptions
            {
                Listen = new IPEndPoint(sites.ControllerAddress, 0),
                Network = sites.Description,
                Channel = ChannelOptions.Default with { Versions = [OpenFlowVersion.V13] },
            },
            [app]);
        try
        {
            controller.Start();
            foreach (OvsBridge each in sites.Bridges) each.SetController(controller.ListenEndPoint!);
            await Poll.UntilAsync(
                () => controller.PhysicalSwitches.Count(each => each.IsConnected) == sites.Bridges.Count,
                "all switches are connected");
            await app.Ready.WaitAsync(EndTimeout);
            return controller;
        }
        catch
        {
            await controller.DisposeAsync();
            throw;
        }
    }
}
