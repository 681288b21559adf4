using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: a million rules take no more than 300 MB. What a rule takes doesn't depend on how many there are, but
/// for steps of powers of two, which are the same here.</remarks>
[NonParallelizable]
public sealed class TableSizeTests
{
    private const int BytesPerRuleMax = 300;

    /// <summary>In proportion to the next power of two as a million is.</summary>
    private const int Rules = 62_500;

    [Test]
    public void A_rule_takes_at_most_300_bytes()
    {
        ActionList output = ActionList.Output(new PortNumber(2));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new ShadowFlowTable(TableSemantics.V13, Rules);
        for (uint i = 0; i < Rules; i++) table.TryAdd(Rule(i, output), new Xid(i), 0, out _);
        // What is searched has an index besides.
        for (uint i = 0; i < 2; i++) Assert.That(table.Lookup(Rule(i, output).Match.Values), Is.Not.Null);
        double bytesPerRule = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Rules;
        TestContext.Out.WriteLine($"{bytesPerRule:F0} bytes a rule");
        Assert.That(bytesPerRule, Is.LessThan(BytesPerRuleMax));
        Assert.That(table.Count, Is.EqualTo(Rules));
    }

    private static FlowMod Rule(uint number, ActionList output) => new()
    {
        Match = Match.Any.WithInPort(new PortNumber(1)).WithEthType(0x0800)
            .WithIpv4Source(new Ipv4Address(0x0a00_0000 + number)).WithIpv4Destination(new Ipv4Address(number)),
        Cookie = new Cookie(number),
        Actions = output,
    };
}
