using Lime.Core.Migration;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: until the source is retired an abort leaves everything as it was. Method: the
/// abort is asked for in the turn in which the phase is first seen; tables are read by ovs-ofctl
/// before and after.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class AbortTests
{
    [TestCase(MigrationPhase.Cloning)]
    [TestCase(MigrationPhase.Cloned)]
    [TestCase(MigrationPhase.Draining)]
    public async Task An_abort_leaves_all_tables_as_they_were_and_loses_nothing(MigrationPhase phase)
    {
        RealNetworkRequirements.Check();
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { RulesOnS3 = MixedRules.Make(1000) });
        string[][] before = TablesOf(lab.Network);
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        IMigration migration = await lab.BeginAsync(lab.Network.S4.DatapathId);
        await await PhaseTrap.SpringAsync(
            lab.Controller, migration, phase, () => migration.AbortAsync("The test wants it."));
        MigrationProgress end = await MigrationLab.EndOfAsync(migration);
        PingReport[] reports = await pings.StopAsync();

        TestContext.Out.WriteLine(
            $"{end.Detail} {end.RulesCopied} rules had been copied; {reports[0]}; {reports[1]}");
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted));
        Assert.That(end.Detail, Does.StartWith("The test wants it."));
        Assert.That(
            migration.Timeline.TakeWhile(each => each.Phase != MigrationPhase.Aborting).Last().Phase,
            Is.EqualTo(phase));
        Assert.That(reports.Select(report => report.Lost), Is.All.Zero);
        Assert.That(reports.Select(report => report.Duplicates), Is.All.Zero);
        Assert.That(TablesOf(lab.Network), Is.EqualTo(before));
        Assert.That(before[^1], Is.Empty, "the target's table");
    }

    private static string[][] TablesOf(FigureThreeNetwork network) =>
        [OvsTable.Of(network.S1), OvsTable.Of(network.S2), OvsTable.Of(network.S3), OvsTable.Of(network.S4)];
}
