using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <remarks>Goal: a network of adjacent switches moves with its hosts, in any order, and nobody notices but by a host's
/// own pause (paper section 3). Method: two emulated sites 10 ms apart, every host pings every other all the
/// time.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class EnsembleMoveTests(OpenFlowVersion version)
{
    [Test]
    public void Nothing_is_lost_or_doubled_outside_pauses_in_whatever_order_hosts_move([Range(1, 6)] int seed)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Seed = seed,
            Switches = 2 + (seed % 3),
            HostsPerSwitch = 1 + (seed % 2),
        });
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertMoved(run.RulesBefore);
        run.AssertNothingLost();
        Assert.That(end.Hosts.Select(each => each.Pause!.Value.TotalMilliseconds), Is.All.LessThan(100));
        Assert.That(end.Hosts.Select(each => each.State), Is.All.EqualTo(HostMoveState.Moved));
        Assert.That(bed.App.PortChanges, Is.Empty);
        Assert.That(bed.App.PacketIns, Is.Empty);
        Assert.That(bed.App.Errors, Is.Empty);
        Assert.That(bed.App.Removed, Is.Empty);
    }

    [Test]
    public void Each_frame_crosses_only_to_a_host_at_the_other_site_and_once([Range(1, 4)] int seed)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Seed = seed,
            HostsPerSwitch = 2,
            // What comes over for a host that stands still is no delivery; it is to be a small part.
            Mover = new EmulatedHostMoverOptions
            {
                CopyTime = TimeSpan.FromMilliseconds(600),
                PauseTime = TimeSpan.FromMilliseconds(20),
            },
        });
        var run = new WatchedRun(bed, bed.Plan());
        run.Finish();
        TestContext.Out.WriteLine($"{bed.WanFrames} frames, at least {bed.WanFramesLeast}");
        Assert.That(bed.WanFramesLeast, Is.GreaterThan(1000));
        Assert.That(bed.WanFrames, Is.LessThanOrEqualTo(bed.WanFramesLeast * 1.05));
    }

    [Test]
    public void Freeze_and_copy_stops_the_network_and_ends_with_all_moved([Range(1, 2)] int seed)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version, Seed = seed });
        var run = new WatchedRun(bed, bed.Plan(MigrationMethod.FreezeAndCopy));
        EnsembleProgress end = run.Finish();
        TimeSpan ended = bed.Bed.Network.Now;
        bed.Bed.RunMs(3000);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertMoved(run.RulesBefore);
        Assert.That(run.Pings.Sum(each => each.Pinger.Summarise().Lost), Is.GreaterThan(0), "it stood still");
        Assert.That(run.Pings.Sum(each => each.Pinger.Summarise(ended, ended + TimeSpan.FromSeconds(1)).Lost),
            Is.Zero, "once all had moved");
    }

    [Test]
    public void What_has_moved_moves_back_by_its_undo()
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version });
        var run = new WatchedRun(bed, bed.Plan());
        run.Finish();
        var back = new WatchedRun(bed, run.Migration.Undo!);
        EnsembleProgress end = back.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertStayed(run.RulesBefore);
        back.AssertNothingLost();
    }

    [Test]
    public void A_host_that_only_announces_itself_is_followed()
    {
        TimeProvider? time = null;
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Mover = new EmulatedHostMoverOptions { TellsPause = false },
            // A hypervisor that takes its time to say that it is done.
            Around = mover => new CallbackHostMover(async (move, progress, stop) =>
            {
                await mover.MoveAsync(move, progress, stop);
                await Task.Delay(TimeSpan.FromMilliseconds(50), time!, CancellationToken.None);
            }),
        });
        time = bed.Bed.Loop.Time;
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertMoved(run.RulesBefore);
        Assert.That(end.Hosts.Select(each => each.WasSeen), Is.All.True);
        Assert.That(bed.App.PacketIns, Is.Empty, "what hosts announce at a fenced place is for Lime");
        Assert.That(run.Pings.Sum(each => each.Pinger.Records.Sum(record => record.Duplicates)), Is.Zero);
    }
}
