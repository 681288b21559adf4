using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches.Tunnelling;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <remarks>Goal: where no cable leads from a host's old place to its new one, a tunnel does, for as long as it is
/// needed
/// . Method: two emulated sites with one link between them, every host pings
/// every
/// other all the time; OpenFlow 1.3, since labels need it.</remarks>
public sealed class EnsembleTunnelTests
{
    [Test]
    public void Hosts_move_through_tunnels_and_nothing_is_lost_or_doubled_outside_pauses([Range(1, 4)] int seed)
    {
        using var bed = NewBed(seed, 1 + (seed % 2));
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertMoved(run.RulesBefore);
        run.AssertNothingLost();
        Assert.That(Carried(bed), Is.Zero, "all tunnels are gone");
        Assert.That(bed.App.PortChanges, Is.Empty);
        Assert.That(bed.App.PacketIns, Is.Empty);
    }

    [Test]
    public void Each_frame_crosses_the_link_between_the_sites_once_for_a_host_at_the_other_site()
    {
        using var bed = NewBed(1, 2, pauseMs: 20, copyMs: 600);
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        TestContext.Out.WriteLine($"{bed.WanFrames} frames, at least {bed.WanFramesLeast}");
        Assert.That(bed.WanFramesLeast, Is.GreaterThan(1000));
        Assert.That(bed.WanFrames, Is.LessThanOrEqualTo(bed.WanFramesLeast * 1.05));
    }

    [Test]
    public void An_abort_takes_hosts_back_and_the_tunnels_away([Values(0, 1, 3)] int moved)
    {
        using var bed = NewBed(1, 2);
        var run = new WatchedRun(bed, bed.Plan());
        Assert.That(run.RunUntil(each => each.Hosts.Count(host => host.State == HostMoveState.Moved) == moved
            && each.Phase == MigrationPhase.Cloned));
        Assert.That(Carried(bed), Is.GreaterThan(0), "tunnels are there meanwhile");
        run.Migration.AbortAsync("for the test");
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        bed.AssertStayed(run.RulesBefore);
        run.AssertNothingLost();
        Assert.That(Carried(bed), Is.Zero);
    }

    [Test]
    public void What_has_moved_through_tunnels_moves_back_through_tunnels()
    {
        using var bed = NewBed(2, 1);
        var run = new WatchedRun(bed, bed.Plan());
        run.Finish();
        var back = new WatchedRun(bed, run.Migration.Undo!);
        EnsembleProgress end = back.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertStayed(run.RulesBefore);
        back.AssertNothingLost();
        Assert.That(Carried(bed), Is.Zero);
    }

    [Test]
    public void A_dry_run_tells_each_host_s_tunnel_and_makes_none()
    {
        using var bed = NewBed(1, 1);
        EnsemblePreview preview = bed.Bed.Loop.RunUntilDone(
            bed.Bed.Controller.Ensembles.PreviewAsync(bed.Plan()), TimeSpan.FromMinutes(1));
        Assert.That(preview.CanBegin, string.Join(' ', preview.Findings));
        Assert.That(
            preview.Findings.Where(each => each.Topic == FindingTopic.Tunnels).Select(each => each.Text),
            Is.EquivalentTo(Enumerable.Range(1, 3).Select(i =>
                $"For the host on port 11 a tunnel is made between a{i} and b{i} through f1, f2 with label {2047 + i}, "
                + "until all have moved.")));
        Assert.That(Carried(bed), Is.Zero);
    }

    private static EnsembleBed NewBed(int seed, int hostsPerSwitch, int pauseMs = 20, int copyMs = 100) => new(
        new EnsembleBedOptions
        {
            Seed = seed,
            HostsPerSwitch = hostsPerSwitch,
            IsByTunnels = true,
            Mover = new EmulatedHostMoverOptions
            {
                CopyTime = TimeSpan.FromMilliseconds(copyMs),
                PauseTime = TimeSpan.FromMilliseconds(pauseMs),
            },
        });

    private static int Carried(EnsembleBed bed) => bed.Bed.Network.Switches
        .Sum(node => node.Flows.Count(each => each.Cookie == CarrierRules.Mark));
}
