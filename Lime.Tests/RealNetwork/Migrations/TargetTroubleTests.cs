using Lime.Core.Migration;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: a target that cannot take over never harms the source. Method: a target that
/// dies, one that is full, ones that cannot be used at all; pings throughout.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class TargetTroubleTests
{
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(1);

    [SetUp]
    public void Check() => RealNetworkRequirements.Check();

    [Test]
    public async Task A_target_that_dies_while_rules_are_copied_harms_nothing()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { RulesOnS3 = MixedRules.Make(2000) });
        string[] before = OvsTable.Of(lab.Network.S3);
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        MigrationProgress end = await KillTargetAsync(lab, progress => progress.RulesCopied > 0);

        TestContext.Out.WriteLine($"{end.Detail} {end.RulesCopied} of {end.RulesTotal} rules had been copied.");
        await CheckUnharmedAsync(pings);
        Assert.That(end.RulesCopied, Is.LessThan(end.RulesTotal));
        CheckAborted(end, "s4 lost its connection");
        Assert.That(OvsTable.Of(lab.Network.S3), Is.EqualTo(before));
    }

    /// <remarks>What is on its way through the target when it dies is lost with it, by any
    /// method.</remarks>
    [Test]
    public async Task A_target_that_dies_while_it_carries_traffic_gives_it_back()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync();
        string[] before = OvsTable.Of(lab.Network.S3);
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        MigrationProgress end = await KillTargetAsync(
            lab, progress => progress.Phase == MigrationPhase.Draining);
        PingReport[] reports = await pings.StopAsync();
        TestContext.Out.WriteLine($"{end.Detail} {reports[0]}; {reports[1]}");

        CheckAborted(end, "s4 lost its connection");
        using PingBothWays later = await PingBothWays.StartAsync(lab.Network);
        await later.ContinueForAsync(RunTime);
        await CheckUnharmedAsync(later);
        Assert.That(OvsTable.Of(lab.Network.S3), Is.EqualTo(before));
    }

    [Test]
    public async Task A_target_whose_table_is_too_small_is_refused()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { Prepare = LimitTarget });
        await CheckRefusedAsync(lab, lab.Network.S4.DatapathId, "The target s4 holds 50 rules, but s3 has 102");
        Assert.That(lab.Network.S4.Ofctl.DumpRules(), Is.Empty);
    }

    [Test]
    public async Task A_target_that_refuses_a_rule_is_given_up()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { RulesOnS3 = MixedRules.Make(2000) });
        string[] before = OvsTable.Of(lab.Network.S3);
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        MigrationProgress end = await InterveneAsync(
            lab, progress => progress.RulesCopied > 0, () => LimitTarget(lab.Network));

        TestContext.Out.WriteLine($"{end.Detail} {end.RulesCopied} of {end.RulesTotal} rules had been copied.");
        await CheckUnharmedAsync(pings);
        CheckAborted(end, "The target s4 refused the rule ");
        Assert.That(OvsTable.Of(lab.Network.S3), Is.EqualTo(before));
        Assert.That(lab.Network.S4.Ofctl.DumpRules(), Is.Empty);
    }

    [Test]
    public async Task A_target_that_is_absent_or_in_use_is_refused()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { HasTarget = false });
        await CheckRefusedAsync(lab, lab.Network.S4.DatapathId, "0000000000000004 is not connected");
        await CheckRefusedAsync(lab, 5, "0000000000000005 is not connected");
        await CheckRefusedAsync(lab, lab.Network.S1.DatapathId, "s1 is already part of a network");
    }

    [Test]
    public async Task A_target_that_lacks_a_port_is_refused()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { Describe = WithPortSeven });
        await CheckRefusedAsync(lab, lab.Network.S4.DatapathId, "The target s4 lacks port 7");
    }

    /// <summary>Says that the cable to port 1 of s4 leads to a port 7, which OVS doesn't have
    /// there.</summary>
    private static NetworkDescription WithPortSeven(NetworkDescription network) => network with
    {
        PhysicalLinks = [.. network.PhysicalLinks.Select(link =>
            link.B == new PhysicalPort(new DatapathId(4), new PortNumber(1))
                ? link with { B = new PhysicalPort(new DatapathId(4), new PortNumber(7)) }
                : link)],
    };

    /// <summary>No more rules than 50 from now on; those that are there stay.</summary>
    private static void LimitTarget(FigureThreeNetwork network) => network.TargetSite.Daemons.Configure(
        "--id=@table", "create", "Flow_Table", "flow_limit=50",
        "--", "set", "bridge", "s4", "flow_tables:0=@table");

    private static Task<MigrationProgress> KillTargetAsync(
        MigrationLab lab, Func<MigrationProgress, bool> when) =>
        InterveneAsync(lab, when, lab.Network.TargetSite.Daemons.KillSwitch);

    /// <summary>Does something to the target within the controller's turn, so that the migration is
    /// no further when it is done.</summary>
    private static async Task<MigrationProgress> InterveneAsync(
        MigrationLab lab, Func<MigrationProgress, bool> when, Action intervene)
    {
        IMigration migration = await lab.BeginAsync(lab.Network.S4.DatapathId);
        await PhaseTrap.SpringAsync(lab.Controller, migration, when, () =>
        {
            intervene();
            return true;
        });
        return await MigrationLab.EndOfAsync(migration);
    }

    private static async Task CheckRefusedAsync(MigrationLab lab, ulong target, string reason)
    {
        string[] before = OvsTable.Of(lab.Network.S3);
        using PingBothWays pings = await PingBothWays.StartAsync(lab.Network);
        MigrationProgress end = await MigrationLab.EndOfAsync(await lab.BeginAsync(target));
        TestContext.Out.WriteLine(end.Detail);
        await CheckUnharmedAsync(pings);
        CheckAborted(end, reason);
        Assert.That(OvsTable.Of(lab.Network.S3), Is.EqualTo(before));
    }

    private static async Task CheckUnharmedAsync(PingBothWays pings)
    {
        foreach (PingReport report in await pings.StopAsync())
        {
            TestContext.Out.WriteLine(report);
            Assert.That(report.Lost, Is.Zero);
            Assert.That(report.Duplicates, Is.Zero);
        }
    }

    private static void CheckAborted(MigrationProgress end, string reason)
    {
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Aborted), end.Detail);
        Assert.That(end.Detail, Does.Contain(reason));
    }
}
