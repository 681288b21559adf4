using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: counters that an app reads every 10 ms never go down while its switch migrates, and once settled they
/// equal the packets sent, on real switches (H-50). Method: real ping both ways, s3 cloned there and back; the packets
/// are counted by the ports of s1 and s2 that lead to it. Beside it a run without migration.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class CounterTests
{
    private const int RoundTripCount = 3;

    /// <summary>More than two of Open vSwitch's rounds of crediting counters.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(1500);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public async Task Counters_read_every_10_ms_never_go_down_and_settle_at_what_was_sent(OpenFlowVersion version)
    {
        RealNetworkRequirements.Check();
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { Version = version, RulesOnS3 = [] });
        await RunAsync("migrations", lab, () => MigrateAsync(lab));
        await RunAsync("control run", lab, () => Poll.PassAsync(TimeSpan.FromSeconds(3)));
    }

    private static async Task RunAsync(string what, MigrationLab lab, Func<Task> meanwhile)
    {
        (ulong Forth, ulong Back) countedBefore = await ReadPathAsync(lab);
        (long Forth, long Back) sentBefore = SentTowards(lab.Network);
        var watch = new CounterWatch(lab, TimeSpan.FromMilliseconds(10));
        using (PingBothWays pings = await PingBothWays.StartAsync(lab.Network))
        {
            await meanwhile();
            foreach (PingReport report in await pings.StopAsync())
            {
                TestContext.Out.WriteLine($"{what}: {report}");
                Assert.That(report.Lost, Is.Zero, what);
            }
        }
        await Poll.PassAsync(Settling);
        IReadOnlyList<string> falls = await watch.StopAsync();
        (ulong Forth, ulong Back) counted = await ReadPathAsync(lab);
        (long Forth, long Back) sent = SentTowards(lab.Network);
        TestContext.Out.WriteLine(
            $"{what}: {watch.ReadingCount} readings, {falls.Count} falls; counted "
            + $"{counted.Forth - countedBefore.Forth} and {counted.Back - countedBefore.Back} of "
            + $"{sent.Forth - sentBefore.Forth} and {sent.Back - sentBefore.Back}");
        Assert.That(falls, Is.Empty, what);
        Assert.That(watch.ReadingCount, Is.GreaterThan(100), what);
        Assert.That(
            (counted.Forth - countedBefore.Forth, counted.Back - countedBefore.Back),
            Is.EqualTo(((ulong)(sent.Forth - sentBefore.Forth), (ulong)(sent.Back - sentBefore.Back))), what);
    }

    /// <summary>Packets that left s1 and s2 for s3 or s4, by the switches' own count.</summary>
    private static (long Forth, long Back) SentTowards(FigureThreeNetwork network) =>
        (SentBy(network.S1, 2) + SentBy(network.S1, 3), SentBy(network.S2, 1) + SentBy(network.S2, 3));

    private static long SentBy(OvsBridge bridge, int port) =>
        (long)bridge.Ofctl.DumpPorts().Single(each => each.PortNumber == port).SentCount;

    private static async Task<(ulong Forth, ulong Back)> ReadPathAsync(MigrationLab lab)
    {
        IReadOnlyList<FlowStatistics> rules = await lab.ReadShadowTableAsync();
        return (CountOf(rules, 1), CountOf(rules, 2));
    }

    private static ulong CountOf(IReadOnlyList<FlowStatistics> rules, uint port) => rules
        .Where(each => each.Priority == PathApp.PathPriority && each.Match.InPort?.Value == port)
        .Aggregate(0ul, (sum, each) => sum + each.PacketCount);

    private static async Task MigrateAsync(MigrationLab lab)
    {
        for (int i = 0; i < 2 * RoundTripCount; i++)
        {
            (OvsBridge source, OvsBridge target) = i % 2 == 0
                ? (lab.Network.S3, lab.Network.S4)
                : (lab.Network.S4, lab.Network.S3);
            CloneObservation seen = await CloneObservation.MakeAsync(lab, source, target, Pace);
            Assert.That(seen.End.Phase, Is.EqualTo(MigrationPhase.Completed), seen.End.Detail);
        }
    }
}
