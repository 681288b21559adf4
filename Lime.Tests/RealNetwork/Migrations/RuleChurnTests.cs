using System.Diagnostics;
using Lime.Core.Migration;
using Lime.OpenFlow;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: rules that an app changes 200 times a second while they carry 1,000 packets a second each way lose
/// none
/// of them during migrations, on real switches (H-31). Method: real ping both ways, s3 cloned there and back; beside
/// it as
/// long a run with the same changes and without migration.</remarks>
[NonParallelizable]
internal sealed class RuleChurnTests
{
    private const int RoundTripCount = 1;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    [TestCase(OpenFlowVersion.V10, Category = "RealNetwork")]
    [TestCase(OpenFlowVersion.V13, Category = "RealNetwork")]
    public async Task Rules_changed_200_times_a_second_during_migrations_lose_nothing(OpenFlowVersion version)
    {
        RealNetworkRequirements.Check();
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { Version = version, RulesOnS3 = [], Evidence = null });
        TimeSpan duration = await RunAsync("migrations", lab, () => MigrateAsync(lab));
        await RunAsync("control run", lab, () => Poll.PassAsync(duration));
    }

    private static async Task<TimeSpan> RunAsync(string what, MigrationLab lab, Func<Task> meanwhile)
    {
        var clock = Stopwatch.StartNew();
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        var churn = new RuleChurn(lab.Moved);
        await meanwhile();
        TimeSpan duration = clock.Elapsed;
        await churn.StopAsync();
        foreach (PingReport report in await pings.StopAsync())
        {
            TestContext.Out.WriteLine($"{what}: {report}");
            Assert.That(report.Lost, Is.Zero, what);
            Assert.That(report.Duplicates, Is.Zero, what);
        }
        TestContext.Out.WriteLine(
            $"{what}: {churn.UpdateCount} updates in {duration.TotalSeconds:F1} s, {churn.RefusedCount} refused");
        Assert.That(churn.RefusedCount, Is.Zero, what);
        Assert.That(churn.UpdateCount, Is.GreaterThan(duration.TotalSeconds * RuleChurn.UpdatesPerSecond / 2), what);
        return duration;
    }

    private static async Task MigrateAsync(MigrationLab lab)
    {
        for (int i = 0; i < 2 * RoundTripCount; i++)
        {
            (OvsBridge source, OvsBridge target) = i % 2 == 0
                ? (lab.Network.S3, lab.Network.S4)
                : (lab.Network.S4, lab.Network.S3);
            CloneObservation seen = await CloneObservation.MakeAsync(lab, source, target, Pace);
            TestContext.Out.WriteLine($"{seen}; {seen.End}");
            Assert.That(seen.End.Phase, Is.EqualTo(MigrationPhase.Completed), seen.End.Detail);
        }
    }
}
