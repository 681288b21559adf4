using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Core.Switches;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.Tests.Hosting;
using NUnit.Framework;

namespace Lime.Tests.Migration;

/// <remarks>Goal: with the evidence that fits a switch nothing is lost although its barriers lie, and without it
/// something is, so that it matters (H-19). Method: switches whose data plane follows 300 ms late, and switches with a
/// cache of flows that is brought up to date every 500 ms; pings both ways meanwhile.</remarks>
[TestFixture(OpenFlowVersion.V10)]
[TestFixture(OpenFlowVersion.V13)]
public sealed class EvidenceTests(OpenFlowVersion version)
{
    private static readonly EmulatedSwitchOptions Lying = new() { DataPlaneDelay = TimeSpan.FromMilliseconds(300) };

    private static readonly EmulatedSwitchOptions Caching = new()
    {
        FlowCacheInterval = TimeSpan.FromMilliseconds(500),
        Manufacturer = "Nicira, Inc.",
        Hardware = "Open vSwitch",
    };

    [TestCase("barrier", false)]
    [TestCase("probe", true)]
    [TestCase("settle", true)]
    [TestCase("both", true)]
    public void A_target_whose_barriers_lie_loses_packets_by_barriers_alone(string kind, bool isEnough)
    {
        using FigureThreeBed lab = NewLab(new FigureThreeOptions { Target = Lying });
        AssertLoss(lab, kind, pingMs: 1, isEnough);
    }

    /// <remarks>Pings are rarer than the drain's quiet time: denser ones would keep the source's counters moving, and
    /// so
    /// the source in place, for as long as the neighbours go on sending there.</remarks>
    [TestCase("barrier", false)]
    [TestCase("probe", true)]
    [TestCase("settle", true)]
    [TestCase("both", true)]
    public void Neighbours_whose_barriers_lie_lose_packets_by_barriers_alone(string kind, bool isEnough)
    {
        using FigureThreeBed lab = NewLab(new FigureThreeOptions { Neighbours = Lying });
        AssertLoss(lab, kind, pingMs: 150, isEnough);
    }

    /// <remarks>Probes are packet-outs, and don't pass by the cache: what they prove says nothing about it.</remarks>
    [TestCase("barrier", false)]
    [TestCase("probe", false)]
    [TestCase("settle", true)]
    [TestCase("both", true)]
    public void Neighbours_with_a_cache_of_flows_lose_packets_unless_time_is_given(string kind, bool isEnough)
    {
        using FigureThreeBed lab = NewLab(new FigureThreeOptions { Neighbours = Caching });
        // Rare enough that the source looks quiet while a neighbour's cache still sends to it.
        AssertLoss(lab, kind, pingMs: 110, isEnough);
    }

    [Test]
    public void A_switch_with_a_cache_is_given_time_without_being_asked()
    {
        using FigureThreeBed lab = NewLab(
            new FigureThreeOptions { Neighbours = Caching, Moved = Caching, Target = Caching });
        Pinger[] pingers = [lab.StartPings(110), lab.StartPings(110, isBack: true)];
        MigrationProgress end = lab.Migrate(FigureThreeBed.Plan());
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        // Before the first move, twice; after each of two moves; and before the source's end.
        Assert.That(end.Elapsed, Is.GreaterThan(5 * Evidence.DefaultSettleTime));
        Assert.That(LostOf(lab, pingers), Is.Zero);
    }

    [Test]
    public void An_abort_waits_for_evidence_too([Values(100, 400, 700, 1000, 1300)] int ms)
    {
        using FigureThreeBed lab = NewLab(new FigureThreeOptions { Target = Lying, Neighbours = Lying });
        Pinger[] pingers = [lab.StartPings(), lab.StartPings(isBack: true)];
        IMigration migration = lab.Start(PlanBy("probe"));
        lab.Bed.RunMs(ms);
        _ = migration.AbortAsync("Enough.");
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        lab.Bed.RunMs(1000);
        Assert.That(LostOf(lab, pingers), Is.Zero, end.Detail);
        AssertNothingOfProbes(lab);
    }

    /// <remarks>One switch has an app's rule that any packet meets, so that a probe before its catch rule would
    /// leave by a port.</remarks>
    [Test]
    public void Probes_are_invisible([Values] bool isAborted)
    {
        using FigureThreeBed lab = NewLab(new FigureThreeOptions { Target = Lying, Neighbours = Lying });
        var flood = new FlowMod { Priority = 1, Cookie = new Cookie(77), Actions = ActionList.Flood };
        foreach (string name in new[] { "s1", "s3" }) lab.Bed.Send(lab.Bed.Virtual(name), flood);
        lab.Bed.RunMs(1000);
        int seen = 0;
        lab.Bed.Network.Tap = (in FrameEvent each) =>
        {
            if (each.Frame[12] == 0x88 && each.Frame[13] == 0xb5) seen++;
        };
        ulong matched = MatchesOf(lab);
        long probes = lab.S4.Counters.PacketOutsApplied;
        IMigration migration = lab.Start(PlanBy("probe"));
        if (isAborted)
        {
            lab.RunUntilPhase(migration, MigrationPhase.Draining);
            _ = migration.AbortAsync("Enough.");
        }
        MigrationProgress end = lab.Finish(migration);
        Assert.That(end.Phase == MigrationPhase.Aborted, Is.EqualTo(isAborted), end.Detail);
        Assert.That(lab.S4.Counters.PacketOutsApplied, Is.GreaterThan(probes), "the target was probed");
        lab.Bed.RunMs(1000);
        Assert.That(seen, Is.Zero, "probes on a link");
        Assert.That(lab.App.PacketIns, Is.Empty, "probes at the app");
        foreach (string name in new[] { "s1", "s2", "s3" })
        {
            Assert.That(
                lab.Bed.Flows(lab.Bed.Virtual(name)).Sum(each => (long)each.PacketCount), Is.Zero,
                $"probes counted under rules of {name}");
        }
        Assert.That(MatchesOf(lab), Is.EqualTo(matched), "probes in the table's statistics");
        AssertNothingOfProbes(lab);
    }

    [Test]
    public void A_rule_that_outranks_probes_is_told_before_anything_is_done()
    {
        using var lab = new FigureThreeBed(version);
        lab.Bed.Send(lab.Moved, new FlowMod { Priority = ushort.MaxValue, Actions = ActionList.Drop });
        lab.Bed.Barrier(lab.Moved);
        MigrationProgress end = lab.Migrate(PlanBy("probe"));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.Contain("can't be probed").And.Contain("outranks probes"));
        AssertNothingOfProbes(lab);
        Assert.That(lab.Migrate(FigureThreeBed.Plan()).Phase, Is.EqualTo(MigrationPhase.Completed));
    }

    [TestCase("Lime", "Emulated switch", "barrier")]
    [TestCase("Nicira, Inc.", "Open vSwitch", "settle")]
    [TestCase("Somebody", "Something", "settle")]
    public void What_fits_a_switch_is_told_by_its_description(string manufacturer, string hardware, string kind) =>
        Assert.That(
            EvidenceChoice.Of(new DescriptionReply(manufacturer, hardware, "3.1", "None", "")).Name,
            Is.EqualTo(kind));

    [Test]
    public void Each_kind_says_what_it_proves_and_what_not([Values("barrier", "settle", "probe", "both")] string kind)
    {
        Assert.That(Evidence.TryFind(kind, out IEvidence? evidence), Is.True);
        Assert.That(evidence!.Proves, Is.Not.Empty);
        Assert.That(evidence.LeavesOpen, Is.Not.Empty);
        Assert.That(Evidence.TryFind("hope", out _), Is.False);
    }

    /// <summary>Installed rules of switches that lie take effect a while after the bed is built.</summary>
    private FigureThreeBed NewLab(FigureThreeOptions options)
    {
        var lab = new FigureThreeBed(version, options);
        lab.Bed.RunMs(1000);
        return lab;
    }

    private static MigrationPlan PlanBy(string kind)
    {
        Evidence.TryFind(kind, out IEvidence? evidence);
        return FigureThreeBed.Plan() with { Evidence = evidence };
    }

    private static void AssertLoss(FigureThreeBed lab, string kind, double pingMs, bool isEnough)
    {
        Pinger[] pingers = [lab.StartPings(pingMs), lab.StartPings(pingMs, isBack: true)];
        lab.Bed.RunMs(600);
        MigrationProgress end = lab.Migrate(PlanBy(kind));
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        lab.Bed.RunMs(1000);
        int lost = LostOf(lab, pingers);
        Assert.That(lost == 0, Is.EqualTo(isEnough), $"{kind}: {lost} lost");
        AssertNothingOfProbes(lab);
    }

    private static int LostOf(FigureThreeBed lab, Pinger[] pingers)
    {
        foreach (Pinger each in pingers) each.Stop();
        lab.Bed.RunMs(2000);
        return pingers.Sum(each => each.Summarise().Lost);
    }

    private static ulong MatchesOf(FigureThreeBed lab) => lab.Bed.Await(
        () => lab.Moved.GetTableStatisticsAsync()).Aggregate(0UL, (sum, each) => sum + each.MatchedCount);

    private static void AssertNothingOfProbes(FigureThreeBed lab)
    {
        foreach (EmulatedSwitch each in lab.Bed.Network.Switches)
        {
            Assert.That(
                each.Flows.Where(rule => Fence.IsTemporary(rule.Cookie)), Is.Empty, $"Lime's own rules on {each.Name}");
        }
    }
}
