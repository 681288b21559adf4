using Lime.Core.Migration;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: the paper's baseline, on real switches, is as honest as on the emulated network:
/// it loses what is sent while the switch is frozen. Method: real ping, s3 to s4 and
/// back.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class FreezeAndCopyTests
{
    private const int MigrationCount = 6;

    /// <summary>One in eight is an exact match, which outranks the rule that drops everything and
    /// has to be made to drop by itself: 500 commands while nothing passes any more, so that on a
    /// fast machine, too, the outage is not over before the next ping.</summary>
    private const int RuleCount = 4000;

    [Test]
    public async Task Freeze_and_copy_loses_packets()
    {
        RealNetworkRequirements.Check();
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { RulesOnS3 = MixedRules.Make(RuleCount) });
        long lost = 0;
        for (int i = 0; i < MigrationCount; i++)
            lost += await CountLostAsync(lab, i % 2 == 0 ? lab.Network.S4 : lab.Network.S3);

        TestContext.Out.WriteLine($"{lost} pings lost in {MigrationCount} migrations.");
        Assert.That(lost, Is.GreaterThan(0));
    }

    private static async Task<long> CountLostAsync(MigrationLab lab, OvsBridge target)
    {
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        IMigration migration = await lab.BeginAsync(target.DatapathId, MigrationMethod.FreezeAndCopy);
        MigrationProgress end = await MigrationLab.EndOfAsync(migration);
        PingReport[] reports = await pings.StopAsync();

        TimeSpan outage = CloneObservation.EntryOf(migration, MigrationPhase.Retiring)
            - CloneObservation.EntryOf(migration, MigrationPhase.Cloned);
        TestContext.Out.WriteLine(
            $"to {target.Name}, frozen for {outage.TotalMilliseconds:F1} ms: " +
            $"{reports[0]}; back: {reports[1]}");
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(reports.Select(report => report.Duplicates), Is.All.Zero);
        return reports.Sum(report => report.Lost);
    }
}
