using System.Diagnostics;
using System.Globalization;
using Lime.Core.Migration;
using Lime.OpenFlow;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.RealNetwork.Migrations;

/// <remarks>Goal: a large table is cloned in OpenFlow 1.3 as fast as the switch's own tool fills one. Method: 100,000
/// rules, put into the target by <c>ovs-ofctl --bundle add-flows</c> and cloned to it by Lime, in turn, in one run,
/// there and back; the medians are compared. Lime's time is from the phase Cloning, before its first byte, to the
/// answer to its last
/// commit.</remarks>
[Category("RealNetwork")]
[NonParallelizable]
internal sealed class BundleCloneTests
{
    private const int RuleCount = 100_000;

    private const int PairCount = 5;

    private const double RatioMax = 1.3;

    [SetUp]
    public void Check() => RealNetworkRequirements.Check();

    [Test]
    public async Task A_table_of_100000_rules_is_cloned_in_at_most_1_3_times_what_ovs_ofctl_takes()
    {
        FlowMod[] rules = [.. Enumerable.Range(0, RuleCount - PathApp.PathRuleCount).Select(MakeRule)];
        await using MigrationLab lab = await MigrationLab.StartAsync(
            new MigrationLabOptions { RulesOnS3 = rules, Version = OpenFlowVersion.V13 });
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, rules.Select(ToAdd));
            var tool = new List<double>();
            var lime = new List<double>();
            for (int i = 0; i < PairCount; i++)
            {
                OvsBridge target = i % 2 == 0 ? lab.Network.S4 : lab.Network.S3;
                tool.Add(FillByTool(target, file));
                lime.Add(await CloneAsync(lab, target));
                OvsBridge source = target == lab.Network.S4 ? lab.Network.S3 : lab.Network.S4;
                Assert.That(source.Ofctl.DumpRules(), Has.Count.EqualTo(0));
            }
            Judge(tool, lime);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Judge(List<double> tool, List<double> lime)
    {
        double ratio = Median(lime) / Median(tool);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ovs-ofctl: {string.Join(", ", tool.Select(ms => $"{ms:F0} ms"))}; "
            + $"Lime: {string.Join(", ", lime.Select(ms => $"{ms:F0} ms"))}; ratio of the medians {ratio:F2}"));
        Assert.That(ratio, Is.LessThanOrEqualTo(RatioMax));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(PairCount / 2);

    private static double FillByTool(OvsBridge bridge, string file)
    {
        long start = Stopwatch.GetTimestamp();
        bridge.Ofctl.AddBundle(file);
        double elapsedMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        bridge.Ofctl.DeleteRules();
        return elapsedMs;
    }

    private static async Task<double> CloneAsync(MigrationLab lab, OvsBridge target)
    {
        IMigration migration = await lab.BeginAsync(target.DatapathId);
        TimeSpan? filled = null;
        await foreach (MigrationProgress progress in migration.WatchAsync())
        {
            bool isFilled = progress.RulesTotal > 0 && progress.RulesCopied >= progress.RulesTotal;
            if (isFilled) filled ??= progress.Elapsed;
        }
        MigrationProgress end = await migration.Completion;
        Assert.That(end.Phase, Is.EqualTo(MigrationPhase.Completed), end.Detail);
        Assert.That(end.RulesCopied, Is.EqualTo(RuleCount));
        return (filled!.Value - CloneObservation.EntryOf(migration, MigrationPhase.Cloning)).TotalMilliseconds;
    }

    private static FlowMod MakeRule(int number) => new()
    {
        Match = Match.Any.WithEthType(0x0800).WithIpv4Destination(new Ipv4Address(0x0a64_0000 + (uint)number)),
        Priority = (ushort)(1 + (number % 60)),
        Cookie = new Cookie((ulong)number),
        Actions = ActionList.Output(new PortNumber(1 + ((uint)number % 2))),
    };

    private static string ToAdd(FlowMod rule)
    {
        uint address = rule.Match.Values.Ipv4Destination.Value;
        return $"cookie=0x{rule.Cookie.Value:x},send_flow_rem,priority={rule.Priority},ip,nw_dst={address >> 24}."
            + $"{(address >> 16) & 0xff}.{(address >> 8) & 0xff}.{address & 0xff},"
            + $"actions=output:{rule.Actions[0].Port.Value}";
    }
}
