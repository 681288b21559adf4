using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.Tests.Hosting;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: an operator can make both instances carry traffic for as long as wanted, and undo it at any
/// moment of that. Method: pings both ways, every millisecond, while attachments move half a second apart.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class PacedMoveTests(OpenFlowVersion version)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    [Test]
    public void Both_instances_carry_traffic_until_the_interval_is_over([Range(1, 4)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        Pinger[] pingers = [lab.StartPings(), lab.StartPings(isBack: true)];
        IMigration migration = StartUntilHalfMoved(lab);
        long source = lab.S3.Counters.Matches;
        long target = lab.S4.Counters.Matches;
        lab.Bed.RunMs(Interval.TotalMilliseconds - 1);
        Assert.That(migration.Progress.AttachmentsMoved, Is.EqualTo(1), "not yet");
        // Each way 1,000 a second, requests and answers: what comes from s2 meets s3, what comes from s1 meets s4.
        Assert.That(lab.S3.Counters.Matches - source, Is.EqualTo(1000).Within(20));
        Assert.That(lab.S4.Counters.Matches - target, Is.EqualTo(1000).Within(20));

        MigrationProgress end = lab.Finish(migration);

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        TimeSpan shared = EntryOf(migration, MigrationPhase.Draining) - EntryOf(migration, MigrationPhase.Cloned);
        Assert.That(shared, Is.InRange(Interval, Interval + TimeSpan.FromMilliseconds(50)));
        AssertNothingLost(lab, pingers);
    }

    [Test]
    public void Without_an_interval_nothing_is_waited_for()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.Start();
        lab.Finish(migration);
        TimeSpan shared = EntryOf(migration, MigrationPhase.Draining) - EntryOf(migration, MigrationPhase.Cloned);
        Assert.That(shared.TotalMilliseconds, Is.LessThan(50));
    }

    [Test]
    public void An_abort_during_the_interval_takes_everything_back_at_once([Values(0, 1, 250, 499)] int ms)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = ms });
        var expected = new QuietNetwork(lab);
        Pinger[] pingers = [lab.StartPings(), lab.StartPings(isBack: true)];
        IMigration migration = StartUntilHalfMoved(lab);
        lab.Bed.RunMs(ms);
        TimeSpan asked = lab.Bed.Network.Now;
        _ = migration.AbortAsync("Enough.");
        MigrationProgress end = lab.Finish(migration);

        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(end.AttachmentsMoved, Is.EqualTo(1));
        // Well before the interval's end: the target's quiet time is what it takes.
        Assert.That((lab.Bed.Network.Now - asked).TotalMilliseconds, Is.LessThan(200));
        expected.AssertHolds(isMoved: false, "after the abort");
        AssertNothingLost(lab, pingers);
    }

    [Test]
    public void A_target_that_is_lost_during_the_interval_does_not_have_to_be_waited_for()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = StartUntilHalfMoved(lab);
        TimeSpan lost = lab.Bed.Network.Now;
        lab.S4.Disconnect();
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(lab.Bed.Network.Now - lost, Is.LessThan(Interval));
    }

    [Test]
    public void A_deadline_that_the_intervals_alone_use_up_is_refused_before_anything_is_done()
    {
        using var lab = new FigureThreeBed(version);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan() with
        {
            AttachmentInterval = TimeSpan.FromSeconds(30),
            Deadline = TimeSpan.FromSeconds(30),
        });
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain(
            "2 attachments, 00:00:30 between one and the next, take longer than the deadline"));
        Assert.That(end.FlowMods, Is.Zero);
    }

    [TestCase(-1)]
    [TestCase(3_600_001)]
    public void An_interval_out_of_range_is_refused(double ms)
    {
        using var lab = new FigureThreeBed(version);
        Assert.That(
            () => lab.Start(FigureThreeBed.Plan() with { AttachmentInterval = TimeSpan.FromMilliseconds(ms) }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("between 0 and 1 h"));
        Assert.That(lab.Bed.Controller.Ensembles.Migrations, Is.Empty);
    }

    [Test]
    public void Freeze_and_copy_refuses_an_interval()
    {
        using var lab = new FigureThreeBed(version);
        Assert.That(
            () => lab.Start(FigureThreeBed.Plan(MigrationMethod.FreezeAndCopy) with { AttachmentInterval = Interval }),
            Throws.ArgumentException.With.Message.Contains("moves all attachments at once"));
    }

    private static IMigration StartUntilHalfMoved(FigureThreeBed lab)
    {
        lab.Bed.RunMs(20);
        IMigration migration = lab.Start(FigureThreeBed.Plan() with { AttachmentInterval = Interval });
        Assert.That(lab.Bed.RunUntil(() => migration.Progress.AttachmentsMoved == 1), Is.True, "half moved");
        return migration;
    }

    private static TimeSpan EntryOf(IMigration migration, MigrationPhase phase) =>
        migration.Timeline.Single(each => each.Phase == phase).Elapsed;

    private static void AssertNothingLost(FigureThreeBed lab, Pinger[] pingers)
    {
        foreach (Pinger each in pingers) each.Stop();
        lab.Bed.RunMs(1500);
        foreach (Pinger each in pingers)
        {
            PingSummary all = each.Summarise();
            Assert.That((all.Lost, all.Duplicates, all.Reordered), Is.EqualTo((0, 0, 0)), all.ToString());
        }
    }
}
