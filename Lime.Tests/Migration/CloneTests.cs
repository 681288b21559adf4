using Lime.Core.Emulation;
using Lime.Core.Hosting;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: moving a switch is invisible (paper section 5). Method: the Figure 3 network with seeded
/// jitter, pings both ways every millisecond.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class CloneTests(OpenFlowVersion version)
{
    [Test]
    public void Clone_loses_duplicates_and_reorders_nothing([Range(1, 6)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        string[] before = lab.RulesOf(lab.S3);
        Pinger there = lab.StartPings();
        Pinger back = lab.StartPings(isBack: true);
        lab.Bed.RunMs(20);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        lab.Bed.RunMs(20);
        there.Stop();
        back.Stop();
        lab.Bed.RunMs(2000);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        foreach (Pinger each in new[] { there, back })
        {
            PingSummary all = each.Summarise();
            Assert.That((all.Lost, all.Duplicates, all.Reordered), Is.EqualTo((0, 0, 0)), all.ToString());
            Assert.That(all.Sent, Is.GreaterThan(80));
        }
        Assert.That(lab.S4.Counters.Matches, Is.GreaterThan(50));
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(before));
        Assert.That(FigureThreeBed.RuleCount(lab.S3), Is.Zero);
    }

    [Test]
    public void Freeze_and_copy_leaves_the_same_rules_and_traffic_passes_again([Range(1, 4)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        string[] before = lab.RulesOf(lab.S3);
        Pinger pinger = lab.StartPings();
        lab.Bed.RunMs(20);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan(MigrationMethod.FreezeAndCopy));
        TimeSpan ended = lab.Bed.Network.Now;
        lab.Bed.RunMs(50);
        pinger.Stop();
        lab.Bed.RunMs(2000);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(pinger.Summarise().Lost, Is.GreaterThan(0), "the source was frozen");
        Assert.That(pinger.Summarise(ended, TimeSpan.MaxValue).Lost, Is.Zero, "once it has ended");
        Assert.That(lab.RulesOf(lab.S4), Is.EqualTo(before));
        Assert.That(FigureThreeBed.RuleCount(lab.S3), Is.Zero);
    }

    [Test]
    public void While_cloned_both_instances_carry_traffic()
    {
        using var lab = new FigureThreeBed(version);
        Pinger pinger = lab.StartPings();
        IMigration migration = lab.StartAndStopHalfway();
        lab.Bed.RunMs(10);
        long matchesBefore = lab.S3.Counters.Matches;
        long targetBefore = lab.S4.Counters.Matches;
        lab.Bed.RunMs(100);
        Assert.That(lab.S3.Counters.Matches - matchesBefore, Is.EqualTo(100).Within(2), "replies");
        Assert.That(lab.S4.Counters.Matches - targetBefore, Is.EqualTo(100).Within(2), "requests");
        Assert.That(lab.ReleaseAndFinish(migration).Phase, Is.EqualTo(MigrationPhase.Completed));
        pinger.Stop();
        lab.Bed.RunMs(2000);
        Assert.That(pinger.Summarise().Lost, Is.Zero);
    }

    [TestCase(MigrationMethod.Clone)]
    [TestCase(MigrationMethod.FreezeAndCopy)]
    public void A_switch_moves_there_and_back_five_times(MigrationMethod method)
    {
        using var lab = new FigureThreeBed(version);
        string[] before = lab.RulesOf(lab.S3);
        Pinger pinger = lab.StartPings();
        for (int round = 0; round < 5; round++)
        {
            MigrationProgress there = lab.Migrate(FigureThreeBed.Plan(method));
            Assert.That(there.Phase, Is.EqualTo(MigrationPhase.Completed), there.Detail);
            Assert.That(FigureThreeBed.RuleCount(lab.S3), Is.Zero);
            MigrationProgress back = lab.Migrate(FigureThreeBed.Plan(method, to: 3));
            Assert.That(back.Phase, Is.EqualTo(MigrationPhase.Completed), back.Detail);
            Assert.That(FigureThreeBed.RuleCount(lab.S4), Is.Zero);
        }
        pinger.Stop();
        lab.Bed.RunMs(2000);
        if (method == MigrationMethod.Clone) Assert.That(pinger.Summarise().Lost, Is.Zero);
        Assert.That(lab.RulesOf(lab.S3), Is.EqualTo(before));
    }

    [Test]
    public void Neighbours_end_with_the_rules_they_began_with_at_the_new_port()
    {
        using var lab = new FigureThreeBed(version);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(PortsOf("s1"), Is.EqualTo("1>3 3>1"));
        Assert.That(PortsOf("s2"), Is.EqualTo("2>3 3>2"));

        string PortsOf(string name) => string.Join(' ', lab.Bed.Network.Switch(name).Flows
            .Where(each => each.Cookie != Core.Switches.TableMissRule.Mark)
            .Select(each => $"{each.Match.InPort}>{each.Actions[0].Port}").Order());
    }

    [Test]
    public void The_retired_source_is_a_spare_and_the_target_an_instance()
    {
        using var lab = new FigureThreeBed(version);
        lab.Migrate(FigureThreeBed.Plan());
        var uses = lab.Bed.Controller.PhysicalSwitches.ToDictionary(
            each => each.Name, each => (each.Use, each.Realises));
        Assert.That(uses["s3"], Is.EqualTo((PhysicalSwitchUse.Spare, (string?)null)));
        Assert.That(uses["s4"], Is.EqualTo((PhysicalSwitchUse.Instance, "s3")));
    }

    [Test]
    public void Apps_are_told_of_nothing_but_what_one_switch_would_tell()
    {
        using var lab = new FigureThreeBed(version);
        Pinger pinger = lab.StartPings();
        int ups = lab.App.Ups.Count;
        var features = lab.Moved.Features;
        lab.Migrate(FigureThreeBed.Plan());
        pinger.Stop();
        lab.Bed.RunMs(100);
        Assert.That(lab.App.Ups, Has.Count.EqualTo(ups));
        Assert.That(lab.App.Downs, Is.Empty);
        Assert.That(lab.App.PacketIns, Is.Empty);
        Assert.That(lab.App.Removed, Is.Empty);
        Assert.That(lab.App.Errors, Is.Empty);
        Assert.That(lab.App.PortChanges, Is.Empty);
        Assert.That(lab.Moved.Features, Is.EqualTo(features));
    }

    /// <remarks>H-50: polled every 10 ms through clone, moves and retirement.</remarks>
    [Test]
    public void Counters_never_go_down_and_end_exact([Range(1, 5)] int seed)
    {
        using var lab = new FigureThreeBed(version, new FigureThreeOptions { Seed = seed });
        using var poll = new CounterPoll(lab.Bed, lab.Moved);
        Pinger there = lab.StartPings();
        Pinger back = lab.StartPings(3, isBack: true);
        lab.Bed.RunMs(20);
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        lab.Bed.RunMs(50);
        there.Stop();
        back.Stop();
        lab.Bed.RunMs(100);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(poll.Drops, Is.Empty);
        Assert.That(poll.Readings, Is.GreaterThan(10));
        ulong packets = (ulong)(there.Records.Count + back.Records.Count);
        FlowStatistics[] path = [.. lab.Bed.Flows(lab.Moved).Where(each => each.Priority == 100)];
        Assert.That(path.Select(each => each.PacketCount), Is.EqualTo(new[] { packets, packets }));
        Assert.That(path.Select(each => each.ByteCount), Is.EqualTo(new[] { packets * 98, packets * 98 }));
        foreach (string name in new[] { "s1", "s2" })
        {
            Assert.That(lab.Bed.Flows(lab.Bed.Virtual(name)).Select(each => each.PacketCount),
                Is.EqualTo(new[] { packets, packets }), $"the neighbour {name}");
        }
        PortStatistics port = lab.Bed.Await(() => lab.Moved.GetPortStatisticsAsync(new PortNumber(1))).Single();
        Assert.That((port.ReceivedPackets, port.SentPackets), Is.EqualTo((packets, packets)));
    }
}
