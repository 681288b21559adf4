using System.Net;
using Lime.Core.Migration;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: what is on the target is what the shadow table says, and counters that an app
/// sees are those of one switch. Method: 10,000 rules of all kinds, ovs-ofctl as the independent
/// view, counters read throughout and held against the kernel's count of packets.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class LargeTableTests
{
    private const int RuleCount = 10_000;

    private static readonly IReadOnlyList<FlowMod> Rules = MixedRules.Make(RuleCount - PathApp.PathRuleCount);

    [SetUp]
    public void Check() => RealNetworkRequirements.Check();

    [Test]
    public async Task A_table_that_an_app_installed_moves_as_it_is()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { RulesOnS3 = Rules });
        await MoveAsync(lab);
    }

    [Test]
    public async Task A_table_that_was_adopted_moves_as_it_is()
    {
        await using MigrationLab lab = await MigrationLab.StartAsync(new MigrationLabOptions
        {
            RulesOnS3 = [],
            Prepare = AddRules,
        });
        Assert.That(lab.Network.S3.Ofctl.DumpRules(), Has.Count.EqualTo(RuleCount));
        await Poll.UntilAsync(
            async () => (await lab.ReadShadowTableAsync()).Count >= RuleCount, "all rules are adopted");
        await MoveAsync(lab);
    }

    /// <summary>Adds them past the controller. OVS empties a table when the bridge gets its first
    /// controller, so it gets one before, where nobody listens.</summary>
    private static void AddRules(FigureThreeNetwork network)
    {
        network.S3.SetController(new IPEndPoint(IPAddress.Loopback, 9));
        network.S3.Ofctl.AddRules([.. Rules.Select(rule => OvsText.ToAdd(rule))]);
    }

    private static async Task MoveAsync(MigrationLab lab)
    {
        string[] before = OvsTable.Of(lab.Network.S3);
        CounterWatch watch = new(lab, TimeSpan.FromMilliseconds(50));
        using PingRun ping = await PingRun.StartAsync(lab.Network.HostOne, lab.Network.HostTwo);
        MigrationProgress end = await lab.MigrateAsync(lab.Network.S4);
        PingReport report = await ping.StopAsync();
        ulong counted = await AwaitCountersAsync(lab);
        IReadOnlyList<string> falls = await watch.StopAsync();

        TestContext.Out.WriteLine(
            $"{end.RulesCopied} rules in {end.Elapsed}; {report}; {counted} packets counted, the counters " +
            $"were read {watch.ReadingCount} times.");
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(report.Lost, Is.Zero);
        Assert.That(falls, Is.Empty);
        Assert.That(counted, Is.GreaterThanOrEqualTo((ulong)report.Transmitted * 2));
        await CheckTablesAsync(lab, before);
    }

    /// <summary>The target has what the shadow table has, which is what the source had; the source
    /// has nothing.</summary>
    private static async Task CheckTablesAsync(MigrationLab lab, string[] before)
    {
        IReadOnlyList<FlowStatistics> shadow = await lab.ReadShadowTableAsync();
        string[] target = OvsTable.Of(lab.Network.S4);
        Assert.That(target, Has.Length.EqualTo(RuleCount));
        Assert.That(target, Is.EqualTo(OvsTable.Of(shadow.Select(OvsText.Of))), "the shadow table");
        Assert.That(target, Is.EqualTo(before), "the source before");
        Assert.That(lab.Network.S3.Ofctl.DumpRules(), Is.Empty);
    }

    /// <summary>Waits until every packet that came in at either instance is counted, once.</summary>
    private static async Task<ulong> AwaitCountersAsync(MigrationLab lab)
    {
        ulong received = (ulong)(
            new LinkCounters(lab.Network.S3).Received + new LinkCounters(lab.Network.S4).Received);
        ulong counted = 0;
        await Poll.UntilAsync(
            async () =>
            {
                counted = 0;
                foreach (FlowStatistics rule in await lab.ReadShadowTableAsync())
                    counted += rule.PacketCount;
                return counted >= received;
            },
            $"{received} packets are counted");
        Assert.That(counted, Is.EqualTo(received));
        return counted;
    }
}
