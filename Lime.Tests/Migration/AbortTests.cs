using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: until the first retirement a migration can be undone without anybody noticing (H-68).
/// Method: abort after each millisecond of its whole length.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class AbortTests(OpenFlowVersion version)
{
    /// <summary>Longer than a migration of the test network takes; checked.</summary>
    private const int LengthMs = 160;

    [Test]
    public void Clone_aborted_at_any_time_ends_as_if_it_had_not_been([Range(0, 9)] int slice)
    {
        for (int ms = slice; ms < LengthMs; ms += 10) AbortAfter(ms, MigrationMethod.Clone);
    }

    [Test]
    public void Freeze_and_copy_aborted_at_any_time_ends_as_if_it_had_not_been([Range(0, 9)] int slice)
    {
        for (int ms = slice; ms < LengthMs / 2; ms += 10) AbortAfter(ms, MigrationMethod.FreezeAndCopy);
    }

    [Test]
    public void The_sweep_is_longer_than_a_migration()
    {
        using var lab = new FigureThreeBed(version);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Elapsed.TotalMilliseconds, Is.LessThan(LengthMs));
    }

    [TestCase(MigrationPhase.Preparing)]
    [TestCase(MigrationPhase.Cloning)]
    [TestCase(MigrationPhase.Cloned)]
    [TestCase(MigrationPhase.Draining)]
    public void Abort_in_a_phase_names_its_reason(MigrationPhase phase)
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, phase);
        _ = migration.AbortAsync("The operator thought better of it.");
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.StartWith("The operator thought better of it."));
        Assert.That(migration.Timeline[^2].Phase, Is.EqualTo(MigrationPhase.Aborting));
    }

    [Test]
    public void Abort_after_retiring_has_begun_changes_nothing()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.Start();
        lab.RunUntilPhase(migration, MigrationPhase.Retiring);
        _ = migration.AbortAsync("Too late.");
        Assert.That(lab.Finish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    [Test]
    public void The_final_progress_is_final()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.Start();
        MigrationProgress end = lab.Finish(migration);
        lab.Bed.RunMs(1000);
        _ = migration.AbortAsync("Too late.");
        lab.Bed.RunMs(100);
        Assert.That(migration.Progress, Is.EqualTo(end));
        Assert.That(migration.Timeline[^1], Is.EqualTo(end));
        Assert.That(migration.Timeline.Select(each => each.Phase), Is.EqualTo(new[]
        {
            MigrationPhase.Preparing, MigrationPhase.Cloning, MigrationPhase.Cloned, MigrationPhase.Draining,
            MigrationPhase.Retiring, MigrationPhase.Completed,
        }));
    }

    [Test]
    public void The_end_of_the_controller_aborts_first()
    {
        using var lab = new FigureThreeBed(version);
        string[] before = lab.RulesOf(lab.S3);
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.Network.Switch("s2").StallControl(false);
        Task ending = lab.Bed.Controller.DisposeAsync().AsTask();
        lab.Finish(migration);
        // What follows is no longer the loop's, but the thread's that disposes.
        Assert.That(ending.Wait(TimeSpan.FromSeconds(10)), Is.True);
        Assert.That(migration.Progress.Phase, Is.EqualTo(MigrationPhase.Aborted));
        lab.Bed.RunMs(100);
        Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.Zero);
        Assert.That(lab.RulesOf(lab.S3), Is.EqualTo(before));
        Assert.That(lab.S3.IsConnected, Is.False);
    }

    private void AbortAfter(int ms, MigrationMethod method)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
        var expected = new QuietNetwork(lab);
        Pinger pinger = lab.StartPings();
        Pinger back = lab.StartPings(isBack: true);
        lab.Bed.RunMs(5);
        IMigration migration = lab.Start(method);
        lab.Bed.RunMs(ms);
        _ = migration.AbortAsync("Enough.");
        MigrationProgress end = lab.Finish(migration);
        string what = $"{method} aborted after {ms} ms: {end.Phase} {end.Detail}";
        bool isCompleted = end.Phase == MigrationPhase.Completed;
        bool wasRetiring = migration.Timeline.Any(each => each.Phase == MigrationPhase.Retiring);
        Assert.That(isCompleted, Is.EqualTo(wasRetiring), what);
        expected.AssertHolds(isCompleted, what);
        MigrationProgress again = lab.Migrate(FigureThreeBed.Plan(method, isCompleted ? 3u : 4u));
        Assert.That(again.Phase, Is.EqualTo(MigrationPhase.Completed), $"{what}; again: {again.Detail}");
        expected.AssertHolds(!isCompleted, $"{what}; again");
        pinger.Stop();
        back.Stop();
        lab.Bed.RunMs(1500);
        if (method != MigrationMethod.Clone) return;
        Assert.That(pinger.Summarise().Lost + back.Summarise().Lost, Is.Zero, what);
        Assert.That(pinger.Summarise().Duplicates + back.Summarise().Duplicates, Is.Zero, what);
    }
}
