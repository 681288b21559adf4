using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: a plan's evidence is waited for before the first attachment moves, and before the source is retired.
/// Method: Figure 3 in virtual time; evidence that takes as long as the test says.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
internal sealed class PlanEvidenceTests(OpenFlowVersion version)
{
    [Test]
    public void No_attachment_moves_before_the_evidence_is_there()
    {
        using var lab = new FigureThreeBed(version);
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.Start(FigureThreeBed.Plan() with
        {
            Evidence = Evidence.SettleFor(TimeSpan.FromSeconds(2)),
        });
        Assert.That(lab.Bed.RunUntil(() => lab.Moved.Live.Count == 2), Is.True);
        // Of the rules, then of the target's opening.
        lab.Bed.RunMs(3900);
        Assert.That(migration.Progress.AttachmentsMoved, Is.Zero);
        lab.Bed.RunMs(2200);
        Assert.That(migration.Progress.AttachmentsMoved, Is.GreaterThan(0));
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(end.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(4)), "its quiet time is waited for, too");
        pinger.Stop();
        lab.Bed.RunMs(100);
        Assert.That(pinger.Summarise().Lost, Is.Zero);
    }

    [Test]
    public void Without_it_barriers_are_enough()
    {
        using var lab = new FigureThreeBed(version);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan() with { Evidence = Evidence.Barrier });
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(end.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void An_abort_does_not_wait_for_evidence()
    {
        using var lab = new FigureThreeBed(version);
        IMigration migration = lab.Start(FigureThreeBed.Plan() with
        {
            Evidence = Evidence.SettleFor(TimeSpan.FromMinutes(1)),
        });
        Assert.That(lab.Bed.RunUntil(() => lab.Moved.Live.Count == 2), Is.True);
        MigrationProgress end = lab.Bed.Loop.RunUntilDone(migration.AbortAsync("enough"), TimeSpan.FromSeconds(5));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(lab.Moved.Live.Single().Evidence, Is.Null);
    }
}
