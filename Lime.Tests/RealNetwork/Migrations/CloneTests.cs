using System.Diagnostics;
using Lime.Core.Migration;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: cloning a switch is invisible to hosts, on real switches (paper section 5, Table
/// 1), and both instances carry traffic meanwhile. Method: real ping and real TCP while s3 is cloned
/// to s4, in another vswitchd, and back; at first its two attachments move 50 ms apart, then as fast
/// as it goes.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class CloneTests
{
    private const int PacedRoundTripCount = 10;

    private const int FastRoundTripCount = 3;

    private const int RuleCount = 1000;

    private const int StallMsMax = 200;

    /// <summary>In which each host sends 50 requests and as many answers.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    [SetUp]
    public void Check() => RealNetworkRequirements.Check();

    [Test]
    public async Task Ping_loses_nothing_while_its_switch_is_cloned_there_and_back()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions
            {
                RulesOnS3 = MixedRules.Make(RuleCount),
                Evidence = MigrationLabOptions.Brief,
                DrainQuietTime = MigrationLabOptions.BriefDrain,
            });
        Stopwatch clock = Stopwatch.StartNew();
        List<CloneObservation> observations = [];
        using (PingBothWays pings = await PingBothWays.StartAsync(lab.Network))
        {
            for (int i = 0; i < PacedRoundTripCount + FastRoundTripCount; i++)
            {
                TimeSpan interval = i < PacedRoundTripCount ? Pace : TimeSpan.Zero;
                observations.Add(await CloneObservation.MakeAsync(lab, lab.Network.S3, lab.Network.S4, interval));
                observations.Add(await CloneObservation.MakeAsync(lab, lab.Network.S4, lab.Network.S3, interval));
            }
            CheckFlawless("cloning", await pings.StopAsync());
        }
        TimeSpan duration = clock.Elapsed;
        using PingBothWays control = await PingBothWays.StartAsync(lab.Network);
        await control.ContinueForAsync(duration);
        CheckFlawless("control run", await control.StopAsync());
        CheckBothCarried(observations);
    }

    [Test]
    public async Task A_transfer_goes_on_without_a_stall_while_its_switch_is_cloned()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(new MigrationLabOptions { Evidence = null });
        using IperfRun transfer = IperfRun.Start(lab.Network.HostOne, lab.Network.HostTwo);
        await transfer.ContinueForAsync(TimeSpan.FromMilliseconds(500));
        MigrationProgress there = await lab.MigrateAsync(lab.Network.S4);
        await transfer.ContinueForAsync(TimeSpan.FromMilliseconds(500));
        MigrationProgress back = await lab.MigrateAsync(lab.Network.S3);
        await transfer.ContinueForAsync(TimeSpan.FromMilliseconds(500));
        IperfReport report = transfer.Stop();

        TestContext.Out.WriteLine(report);
        Assert.That(there.Phase, Is.EqualTo(MigrationPhase.Completed), there.Detail);
        Assert.That(back.Phase, Is.EqualTo(MigrationPhase.Completed), back.Detail);
        Assert.That(report.BytesPerSecond, Is.GreaterThan(1_000_000));
        Assert.That(report.LongestStallMsMax, Is.LessThanOrEqualTo(StallMsMax));
    }

    private static void CheckFlawless(string what, IEnumerable<PingReport> reports)
    {
        foreach (PingReport report in reports)
        {
            TestContext.Out.WriteLine($"{what}: {report}");
            Assert.That(report.Lost, Is.Zero, what);
            Assert.That(report.Duplicates, Is.Zero, what);
        }
    }

    /// <remarks>Without an interval attachments lead to both instances for a few milliseconds only,
    /// in which a host that waits for a processor may send nothing: there, what the source carried
    /// is printed and not judged.</remarks>
    private static void CheckBothCarried(List<CloneObservation> observations)
    {
        foreach (CloneObservation observation in observations)
        {
            TestContext.Out.WriteLine(observation);
            Assert.That(observation.End.Phase, Is.EqualTo(MigrationPhase.Completed), observation.End.Detail);
            Assert.That(observation.End.RulesCopied, Is.EqualTo(RuleCount + PathApp.PathRuleCount));
            Assert.That(observation.TargetPackets, Is.GreaterThan(0));
            if (observation.Interval == TimeSpan.Zero) continue;
            Assert.That(observation.SharedTime, Is.GreaterThanOrEqualTo(observation.Interval));
            Assert.That(observation.SourcePackets, Is.GreaterThan(0));
        }
    }
}
