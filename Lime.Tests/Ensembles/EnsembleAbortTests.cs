using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <remarks>Goal: whatever goes wrong, every host and switch ends at the new place, or every one at the old. Method: as
/// <see cref="EnsembleMoveTests"/>, with an end asked for, a mover that fails, a switch that is lost.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class EnsembleAbortTests(OpenFlowVersion version)
{
    [TestCase(MigrationPhase.Preparing)]
    [TestCase(MigrationPhase.Cloning)]
    [TestCase(MigrationPhase.Cloned)]
    [TestCase(MigrationPhase.Draining)]
    public void An_abort_in_any_phase_takes_everything_back(MigrationPhase phase)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version });
        var run = new WatchedRun(bed, bed.Plan());
        Assert.That(run.RunUntil(progress => progress.Phase == phase && progress.Elapsed >= TimeSpan.Zero), Is.True);
        AbortAndCheck(bed, run);
    }

    [Test]
    public void An_abort_takes_hosts_back_that_have_moved([Range(0, 2)] int moved, [Values(0, 60, 110)] int ms)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version, Seed = ms + moved });
        var run = new WatchedRun(bed, bed.Plan());
        Assert.That(
            run.RunUntil(progress => progress.Phase == MigrationPhase.Cloned && progress.HostsMoved == moved), Is.True);
        TimeSpan until = bed.Bed.Network.Now + TimeSpan.FromMilliseconds(ms);
        run.RunUntil(_ => bed.Bed.Network.Now >= until);
        AbortAndCheck(bed, run);
    }

    [Test]
    public void Freeze_and_copy_is_taken_back_too([Range(0, 2)] int moved)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version });
        var run = new WatchedRun(bed, bed.Plan(MigrationMethod.FreezeAndCopy));
        Assert.That(run.RunUntil(
            progress => progress.Hosts.Any(each => each.State == HostMoveState.Moving)
                && progress.HostsMoved == moved), Is.True);
        _ = run.Migration.AbortAsync("Enough.");
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        bed.AssertStayed(run.RulesBefore);
    }

    [Test]
    public void A_host_whose_mover_fails_takes_the_others_back([Range(0, 2)] int failing)
    {
        int asked = 0;
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Around = mover => new CallbackHostMover((move, progress, stop) => asked++ == failing
                ? throw new InvalidOperationException("There is no room there.")
                : mover.MoveAsync(move, progress, stop)),
        });
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(end.Detail, Does.Contain("There is no room there."));
        bed.AssertStayed(run.RulesBefore);
        run.AssertNothingLost();
    }

    [Test]
    public void A_mover_that_fails_after_the_pause_leaves_the_host_where_it_was()
    {
        int asked = 0;
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Around = mover => new CallbackHostMover(async (move, progress, stop) =>
            {
                if (asked++ != 1)
                {
                    await mover.MoveAsync(move, progress, stop);
                    return;
                }
                await progress.PausedAsync();
                throw new InvalidOperationException("It would not start.");
            }),
        });
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        bed.AssertStayed(run.RulesBefore);
    }

    [Test]
    public void A_mover_that_never_ends_is_given_up()
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Around = mover => new CallbackHostMover(async (_, _, stop) =>
            {
                var never = new TaskCompletionSource();
                await never.Task.WaitAsync(stop);
            }),
        });
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(end.Detail, Does.Contain("its mover did not end in 00:00:02"));
        bed.AssertStayed(run.RulesBefore);
        run.AssertNothingLost();
    }

    /// <remarks>With hosts on both sides both live on; so when the way back is barred the way on is tried.</remarks>
    [Test]
    public void Hosts_that_cannot_go_back_make_all_go_on()
    {
        int asked = 0;
        using var bed = new EnsembleBed(new EnsembleBedOptions
        {
            Version = version,
            Around = mover => new CallbackHostMover((move, progress, stop) =>
            {
                bool isBarred = ++asked == 3 || move.To.SwitchName[0] == 'a';
                return isBarred
                    ? throw new InvalidOperationException("Not now.")
                    : mover.MoveAsync(move, progress, stop);
            }),
        });
        var run = new WatchedRun(bed, bed.Plan());
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        bed.AssertMoved(run.RulesBefore);
        run.AssertNothingLost();
    }

    [Test]
    public void A_target_that_is_lost_sends_hosts_back([Range(0, 2)] int moved)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version, Seed = moved });
        var run = new WatchedRun(bed, bed.Plan());
        run.RunUntil(progress => progress.Phase == MigrationPhase.Cloned && progress.HostsMoved == moved);
        EmulatedSwitch lost = bed.Targets.ElementAt(1);
        lost.Disconnect();
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(bed.Hosts.Select(bed.SwitchOf), Is.All.StartsWith("a"));
        Assert.That(bed.Sources.Select(EnsembleBed.RulesOf), Is.EqualTo(run.RulesBefore));
        bed.Bed.Connect(lost);
        bed.Bed.RunMs(3000);
        Assert.That(bed.Targets.Select(each => each.FlowCount), Is.All.Zero);
    }

    [Test]
    public void A_source_that_is_lost_sends_hosts_on([Range(0, 2)] int moved)
    {
        using var bed = new EnsembleBed(new EnsembleBedOptions { Version = version, Seed = moved });
        var run = new WatchedRun(bed, bed.Plan());
        run.RunUntil(progress => progress.Phase == MigrationPhase.Cloned && progress.HostsMoved == moved);
        EmulatedSwitch lost = bed.Sources.ElementAt(1);
        lost.Disconnect();
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(bed.Hosts.Select(bed.SwitchOf), Is.All.StartsWith("b"));
        Assert.That(bed.Targets.Select(EnsembleBed.RulesOf), Is.EqualTo(run.RulesBefore));
        bed.Bed.Connect(lost);
        bed.Bed.RunMs(3000);
        Assert.That(bed.Sources.Select(each => each.FlowCount), Is.All.Zero);
    }

    private static void AbortAndCheck(EnsembleBed bed, WatchedRun run)
    {
        _ = run.Migration.AbortAsync("Enough.");
        EnsembleProgress end = run.Finish();
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        bed.AssertStayed(run.RulesBefore);
        run.AssertNothingLost();
        Assert.That(bed.App.PortChanges, Is.Empty);
        Assert.That(bed.App.Errors, Is.Empty);
    }
}
