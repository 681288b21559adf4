using System.Diagnostics;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: counters that an app reads every 10 ms never go down while its switch migrates, and once settled they
/// equal the packets sent, on real switches (H-50). Method: real ping both ways, s3 cloned there and back; the packets
/// are counted by the ports of s1 and s2 that lead to it. Beside it a run without migration. While rules change that
/// the packets meet, what their flow-removed tell counts too, and no more may be missing than without a
/// migration.</remarks>
[NonParallelizable]
internal sealed class CounterTests
{
    private const int RoundTripCount = 3;

    /// <summary>What two runs of the same kind may miss more or less of some 20,000 packets.</summary>
    private const long MissingByChance = 20;

    /// <summary>More than two of Open vSwitch's rounds of crediting counters.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(1500);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    [TestCase(OpenFlowVersion.V10, Category = "RealNetwork")]
    [TestCase(OpenFlowVersion.V13, Category = "RealNetwork")]
    public async Task Counters_read_every_10_ms_never_go_down_and_settle_at_what_was_sent(OpenFlowVersion version)
    {
        RealNetworkRequirements.Check();
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { Version = version, RulesOnS3 = [], Evidence = MigrationLabOptions.Brief });
        await SettleAtAllAsync(lab, RoundTripCount);
    }

    [Category("OnDemand")]
    [Explicit("It takes minutes.")]
    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public async Task So_they_do_over_20_migrations_with_the_evidence_that_Lime_chooses(OpenFlowVersion version)
    {
        RealNetworkRequirements.Check();
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { Version = version, RulesOnS3 = [], Evidence = null });
        await SettleAtAllAsync(lab, 10);
    }

    /// <remarks>Open vSwitch credits what it has forwarded by a cached flow, and not counted yet, to the rule that
    /// matches when it looks. So only the sum over all rules can be compared.</remarks>
    [Category("OnDemand")]
    [Explicit("It takes minutes.")]
    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public async Task While_rules_change_200_times_a_second_no_more_is_missing_than_without_a_migration(
        OpenFlowVersion version)
    {
        RealNetworkRequirements.Check();
        var removed = new RemovedCounts("s3");
        await using MigrationLab lab = await MigrationLab.StartAsync(new MigrationLabOptions
        {
            Version = version,
            RulesOnS3 = [],
            FirstApps = [removed],
            Evidence = null,
        });
        var clock = Stopwatch.StartNew();
        Missing moving = await ChurnAsync("migrations", () => MigrateAsync(lab, RoundTripCount));
        TimeSpan duration = clock.Elapsed;
        Missing still = await ChurnAsync("control run", () => Poll.PassAsync(duration));
        Assert.That(moving.Lost, Is.LessThanOrEqualTo(still.Lost), "pings without an answer");
        Assert.That(Math.Abs(moving.Forth), Is.LessThanOrEqualTo(Math.Abs(still.Forth) + MissingByChance));
        Assert.That(Math.Abs(moving.Back), Is.LessThanOrEqualTo(Math.Abs(still.Back) + MissingByChance));

        Task<Missing> ChurnAsync(string what, Func<Task> migrate) => RunAsync(what, lab, removed, async () =>
        {
            var churn = new RuleChurn(lab.Moved) { Flags = FlowModFlags.SendFlowRemoved };
            await migrate();
            await churn.StopAsync();
            TestContext.Out.WriteLine($"{what}: {churn.UpdateCount} updates");
        });
    }

    private static async Task SettleAtAllAsync(MigrationLab lab, int roundTripCount)
    {
        var removed = new RemovedCounts("s3");
        Missing moving = await RunAsync("migrations", lab, removed, () => MigrateAsync(lab, roundTripCount));
        Missing still = await RunAsync("control run", lab, removed, () => Poll.PassAsync(TimeSpan.FromSeconds(3)));
        Assert.That((moving, still), Is.EqualTo((new Missing(0, 0), new Missing(0, 0))), "none lost, all counted");
    }

    private static async Task<Missing> RunAsync(
        string what, MigrationLab lab, RemovedCounts removed, Func<Task> meanwhile)
    {
        Missing before = await ReadMissingAsync(lab, removed);
        var watch = new CounterWatch(lab, TimeSpan.FromMilliseconds(10), PathApp.PathPriority);
        long lost = 0;
        using (PingBothWays pings = await PingBothWays.StartAsync(lab.Network))
        {
            await meanwhile();
            foreach (PingReport report in await pings.StopAsync())
            {
                TestContext.Out.WriteLine($"{what}: {report}");
                lost += report.Lost;
            }
        }
        await Poll.PassAsync(Settling);
        IReadOnlyList<string> falls = await watch.StopAsync();
        Missing after = await ReadMissingAsync(lab, removed);
        var missing = new Missing(after.Forth - before.Forth, after.Back - before.Back);
        TestContext.Out.WriteLine($"{what}: {watch.ReadingCount} readings, {falls.Count} falls; {missing}");
        Assert.That(falls, Is.Empty, what);
        Assert.That(watch.ReadingCount, Is.GreaterThan(100), what);
        return missing with { Lost = lost };
    }

    /// <summary>Packets that left s1 and s2 for s3 or s4, by the switches' own count.</summary>
    private static (long Forth, long Back) SentTowards(FigureThreeNetwork network) =>
        (SentBy(network.S1, 2) + SentBy(network.S1, 3), SentBy(network.S2, 1) + SentBy(network.S2, 3));

    private static long SentBy(OvsBridge bridge, int port) =>
        (long)bridge.Ofctl.DumpPorts().Single(each => each.PortNumber == port).SentCount;

    /// <summary>Since the beginning: what was sent, without what was counted.</summary>
    private static async Task<Missing> ReadMissingAsync(MigrationLab lab, RemovedCounts removed)
    {
        IReadOnlyList<FlowStatistics> rules = await lab.ReadShadowTableAsync();
        (long forth, long back) = SentTowards(lab.Network);
        return new Missing(
            forth - CountOf(rules, 1) - removed.CountOf(1), back - CountOf(rules, 2) - removed.CountOf(2));
    }

    private static long CountOf(IReadOnlyList<FlowStatistics> rules, uint port) => rules
        .Where(each => each.Match.InPort?.Value == port)
        .Sum(each => (long)each.PacketCount);

    private static async Task MigrateAsync(MigrationLab lab, int roundTripCount)
    {
        for (int i = 0; i < 2 * roundTripCount; i++)
        {
            (OvsBridge source, OvsBridge target) = i % 2 == 0
                ? (lab.Network.S3, lab.Network.S4)
                : (lab.Network.S4, lab.Network.S3);
            CloneObservation seen = await CloneObservation.MakeAsync(lab, source, target, Pace);
            Assert.That(seen.End.Phase, Is.EqualTo(MigrationPhase.Completed), seen.End.Detail);
        }
    }

    /// <summary>Packets that were sent through s3 and that no rule has counted, by direction.</summary>
    private sealed record Missing(long Forth, long Back)
    {
        /// <summary>Pings without an answer.</summary>
        public long Lost { get; init; }

        public override string ToString() => $"{Forth} and {Back} packets not counted";
    }
}
