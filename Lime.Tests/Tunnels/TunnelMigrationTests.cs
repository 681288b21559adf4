using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Tunnels;

/// <remarks>Goal: an attachment that the target has no port for comes along by a tunnel that Lime makes and takes away;
/// hosts and apps notice nothing of it, and no frame crosses between the sites without need. Method: two emulated sites
/// with a ring of switches between them, pings each millisecond, and a count of what passes the ring.</remarks>
internal sealed class TunnelMigrationTests
{
    private static readonly string[] Pairs = ["1-2", "1-3", "2-3", "4-1"];

    [Test]
    public void A_switch_moves_to_the_other_site_and_back_while_its_hosts_stay()
    {
        using var lab = new TwoSiteBed();
        Pinger[] pingers = [lab.StartPings(1, 2), lab.StartPings(1, 3), lab.StartPings(2, 3)];
        lab.Bed.RunMs(20);

        IMigration away = lab.Start(TwoSiteBed.Plan);
        MigrationProgress moved = lab.Finish(away);
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        lab.Bed.RunMs(100);
        Assert.That(lab.CarriersOf("f1").Count(), Is.EqualTo(6), "three tunnels, both ways");
        Assert.That(lab.CarriersOf("f2").Count(), Is.EqualTo(6));
        Assert.That(lab.CarriersOf("f3"), Is.Empty);
        Assert.That(lab.CarriersOf("s3").Count(), Is.EqualTo(4), "two hosts, both ways");
        Assert.That(lab.Network.Switch("s3").Flows, Has.Count.EqualTo(4), "nothing else is left there");

        MigrationProgress back = lab.Migrate(away.Undo!);
        Assert.That(back.Phase, Is.EqualTo(MigrationPhase.Completed), back.Detail);
        lab.Bed.RunMs(100);
        foreach (Pinger each in pingers) each.Stop();
        lab.Bed.RunMs(100);
        foreach (string each in new[] { "f1", "f2", "f3", "s2", "s3", "s4" })
            Assert.That(lab.CarriersOf(each), Is.Empty, each);
        Assert.That(lab.Network.Switch("s4").Flows, Is.Empty);
        foreach (Pinger each in pingers)
        {
            PingSummary pings = each.Summarise();
            Assert.That(
                (pings.Sent > 300, pings.Sent - pings.Received, pings.Duplicates, each.Strays),
                Is.EqualTo((true, 0, 0, 0)),
                $"{pings}");
        }
        // h4 is plugged in at the other site, and so the only one whose port is up there alone.
        Assert.That(
            string.Join(' ', lab.App.PortChanges.Select(each => $"{each.Port.Port} {each.Port.IsUp}")),
            Is.EqualTo("4 True 4 False"));
        Assert.That(lab.App.PacketIns, Is.Empty);
        Assert.That(lab.App.Errors, Is.Empty);
        Assert.That(lab.Bed.Escaped, Is.Empty);
    }

    [Test]
    public void Between_hosts_at_one_side_nothing_crosses_and_between_sides_each_frame_crosses_once()
    {
        using var lab = new TwoSiteBed();
        // While both carry traffic: h1's frames go to s4 already; all others are where they were.
        IMigration migration = lab.Start(TwoSiteBed.Plan with { AttachmentInterval = TimeSpan.FromSeconds(10) });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True);
        lab.Bed.RunMs(100);
        Assert.That(Crossings(lab, 2, 3), Is.Zero, "h2 and h3 are at one side, by s3");
        Assert.That(Crossings(lab, 4, 1), Is.EqualTo(20), "h4 to h1 and back");

        MigrationProgress moved = lab.Finish(migration);
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        Assert.That(Crossings(lab, 4, 2), Is.EqualTo(20));
        Assert.That(Crossings(lab, 4, 3), Is.EqualTo(20));
        Assert.That(Crossings(lab, 1, 4), Is.EqualTo(20));
    }

    [Test]
    public void A_frame_to_all_reaches_each_host_once_and_none_twice()
    {
        using var lab = new TwoSiteBed();
        MigrationProgress moved = lab.Migrate(TwoSiteBed.Plan);
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        foreach (int from in new[] { 1, 2, 3, 4 })
        {
            long[] before = [.. Enumerable.Range(1, 4).Select(each => lab.Host(each).Counters.Received)];
            lab.Bed.Loop.Post(lab.Host(from).AnnounceAddress);
            lab.Bed.RunMs(50);
            long[] came =
                [.. Enumerable.Range(1, 4).Select(each => lab.Host(each).Counters.Received - before[each - 1])];
            Assert.That(came, Is.EqualTo(Enumerable.Range(1, 4).Select(each => each == from ? 0 : 1)), $"from h{from}");
        }
    }

    [Test]
    public void A_switch_moves_on_to_a_third_place_and_its_hosts_tunnels_follow()
    {
        using var lab = new TwoSiteBed();
        Pinger pinger = lab.StartPings(1, 2);
        lab.Bed.RunMs(20);
        Assert.That(lab.Migrate(TwoSiteBed.Plan).Phase, Is.EqualTo(MigrationPhase.Completed));
        MigrationPlan on = TwoSiteBed.Plan with { Target = new DatapathId(5) };
        MigrationProgress moved = lab.Migrate(on);
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        lab.Bed.RunMs(50);
        pinger.Stop();
        lab.Bed.RunMs(50);
        PingSummary pings = pinger.Summarise();
        Assert.That((pings.Sent - pings.Received, pings.Duplicates), Is.EqualTo((0, 0)), $"{pings}");
        Assert.That(lab.CarriersOf("f1").Count(), Is.EqualTo(6));
        Assert.That(lab.CarriersOf("s3").Count(), Is.EqualTo(4));
        Assert.That(lab.CarriersOf("s4"), Is.Empty);
    }

    [Test]
    public void A_migration_that_is_undone_leaves_no_tunnel()
    {
        using var lab = new TwoSiteBed();
        Pinger[] pingers = [lab.StartPings(1, 2), lab.StartPings(3, 1)];
        IMigration migration = lab.Start(TwoSiteBed.Plan with { AttachmentInterval = TimeSpan.FromSeconds(10) });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True);
        lab.Bed.RunMs(50);
        Task<MigrationProgress> abort = migration.AbortAsync("a test");
        MigrationProgress ended = lab.Bed.Loop.RunUntilDone(abort, TimeSpan.FromMinutes(5));
        Assert.That(ended.Phase, Is.EqualTo(MigrationPhase.Aborted), ended.Detail);
        lab.Bed.RunMs(100);
        foreach (Pinger each in pingers) each.Stop();
        lab.Bed.RunMs(50);
        foreach (string each in new[] { "f1", "f2", "s3", "s4" }) Assert.That(lab.CarriersOf(each), Is.Empty, each);
        foreach (Pinger each in pingers)
        {
            PingSummary pings = each.Summarise();
            Assert.That((pings.Sent - pings.Received, pings.Duplicates), Is.EqualTo((0, 0)), $"{pings}");
        }
    }

    [Test]
    public void The_baseline_moves_by_tunnels_too()
    {
        using var lab = new TwoSiteBed();
        MigrationProgress moved = lab.Migrate(TwoSiteBed.Plan with { Method = MigrationMethod.FreezeAndCopy });
        Assert.That(moved.Phase, Is.EqualTo(MigrationPhase.Completed), moved.Detail);
        foreach (string pair in Pairs)
        {
            PingSummary pings = lab.Ping(pair[0] - '0', pair[2] - '0', 10);
            Assert.That(pings.Received, Is.EqualTo(10), $"{pair}: {pings}");
        }
    }

    /// <summary>Frames of ten pings that pass the ring.</summary>
    private static long Crossings(TwoSiteBed lab, int from, int to)
    {
        long before = lab.Crossings("f1-f2");
        PingSummary pings = lab.Ping(from, to, 10);
        Assert.That((pings.Sent, pings.Received), Is.EqualTo((10, 10)), $"{pings}");
        return lab.Crossings("f1-f2") - before;
    }
}
