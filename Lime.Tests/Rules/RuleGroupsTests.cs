using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: what a table finds by its groups and their indexes is what looking at every rule finds, in the same
/// order. Method: random rules of few shapes and many values, so that groups get indexes and lose them; tables grow and
/// shrink.</remarks>
public sealed class RuleGroupsTests
{
    private const int RulesMax = 800;

    [Test]
    public void Searches_find_what_a_look_at_every_rule_finds([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        var table = new ShadowFlowTable(TableSemantics.V13, RulesMax);
        var changes = new List<RuleChange>();
        for (int step = 0; step < 4000; step++)
        {
            bool isGrowing = step / 1000 % 2 == 0;
            if (random.Next(5) < (isGrowing ? 4 : 1)) table.TryAdd(Add(random, step), new Xid(1), step, out _);
            else Remove(random, table, changes);
            if (step % 10 == 0) Search(random, table);
        }
    }

    /// <remarks>1.3.5 section 6.4: a DELETE for all tables, strict too.</remarks>
    [Test]
    public void A_strict_delete_for_all_tables_takes_one_rule_of_each()
    {
        var table = new ShadowFlowTable(TableSemantics.V13, 10);
        foreach (byte each in (byte[])[4, 0, 2]) table.TryAdd(Of(each, 7), new Xid(1), 0, out _);
        table.TryAdd(Of(2, 8), new Xid(1), 0, out _);
        var changes = new List<RuleChange>();
        table.Delete(Of(0xff, 7) with { Command = FlowModCommand.DeleteStrict }, changes);
        Assert.That(changes.Select(each => each.Rule.Key.Table.Value), Is.EqualTo((byte[])[4, 0, 2]));
        Assert.That(table.Rules.Single().Priority, Is.EqualTo(8));

        static FlowMod Of(byte table, ushort priority) => new() { Table = new TableId(table), Priority = priority };
    }

    /// <remarks>A table that is emptied and filled by single rules keeps its groups right.</remarks>
    [Test]
    public void Rules_that_have_gone_are_not_found()
    {
        var random = new Random(1);
        var table = new ShadowFlowTable(TableSemantics.V13, RulesMax);
        for (int round = 0; round < 3; round++)
        {
            while (table.Count < 200) table.TryAdd(Add(random, round), new Xid(1), 0, out _);
            Search(random, table);
            foreach (FlowRule each in table.Rules.ToArray()) table.Remove(each);
            Assert.That(table.Select(Match.Any, SelectionOf(TableId.All)), Is.Empty);
            Assert.That(table.Lookup(Packet(random)), Is.Null);
            Assert.That(table.HasOverlap(Add(random, 0)), Is.False);
        }
    }

    private static void Remove(Random random, ShadowFlowTable table, List<RuleChange> changes)
    {
        changes.Clear();
        FlowMod delete = Add(random, 0) with { Command = FlowModCommand.Delete };
        if (table.Count > 0 && random.Next(3) > 0) table.Remove(table.Rules.ElementAt(random.Next(table.Count)));
        else table.Delete(delete, changes);
        Assert.That(changes.Select(each => each.Rule.IsRemoved), Is.All.True);
    }

    private static void Search(Random random, ShadowFlowTable table)
    {
        for (int i = 0; i < 4; i++)
        {
            PacketFields packet = Packet(random);
            var further = FurtherFields.Of(Metadata(random.Next(4)), Source(random.Next(4)));
            Assert.That(table.Lookup(packet), Is.SameAs(PlainScan.Lookup(table.Rules, packet)));
            FlowRule? expected = PlainScan.Lookup(table.Rules, new TableId(1), packet, further, out bool isKnown);
            FlowRule? found = table.Lookup(new TableId(1), packet, further, out bool isSaidKnown);
            Assert.That(isSaidKnown, Is.EqualTo(isKnown));
            if (isKnown) Assert.That(found, Is.SameAs(expected));
            Match match = MatchOf(random);
            RuleSelection selection = SelectionOf(random.Next(2) == 0 ? TableId.All : new TableId(1));
            Assert.That(
                table.Select(match, selection), Is.EqualTo(PlainScan.Select(table.Rules, match, selection)));
            FlowMod beside = Add(random, 0);
            var key = RuleKey.Of(beside.Match, beside.Priority, beside.Table, TableSemantics.V13);
            Assert.That(table.HasOverlap(beside), Is.EqualTo(PlainScan.HasOverlap(table.Rules, key)));
            Assert.That(table.CoversOf(key), Is.EquivalentTo(PlainScan.CoversOf(table.Rules, key)));
        }
    }

    private static RuleSelection SelectionOf(TableId table) =>
        new(table, PortNumber.Any, GroupId.Any, default, default);

    private static FlowMod Add(Random random, int step) => new()
    {
        Table = new TableId((byte)random.Next(2)),
        Priority = (ushort)random.Next(1, 4),
        Match = MatchOf(random),
        Cookie = new Cookie((ulong)step),
        Actions = ActionList.Output(new PortNumber(1)),
    };

    private static Match MatchOf(Random random) => random.Next(9) switch
    {
        0 => Match.Any.WithInPort(new((uint)random.Next(1, 20))),
        1 => Match.Any.WithInPort(new((uint)random.Next(1, 20))).WithEthSource(Mac(random)),
        2 => Match.Any.WithInPort(new((uint)random.Next(1, 4))).WithEthSource(Mac(random))
            .WithEthDestination(Mac(random)),
        3 => Match.Any.WithEthType(0x0800).WithIpv4Destination(Address(random), random.Next(2) == 0 ? 32 : 30),
        4 => Match.Any.WithEthType(0x0800).WithIpv4Source(Address(random)).WithIpv4Destination(Address(random)),
        5 => Match.Any.WithEthType(0x0800).WithFurther(FurtherFields.Of(Metadata(random.Next(4)))),
        6 => Match.Any.WithInPort(new((uint)random.Next(1, 20))).WithFurther(
            FurtherFields.Of(Metadata(random.Next(4), mask: 3), Source(random.Next(4)))),
        7 => Match.Any.WithInPort(new((uint)random.Next(1, 20))).WithFurther(
            FurtherFields.Of(OxmField.Of(OxmId.MplsLabel, [0, 0, 0, (byte)random.Next(4)]))),
        _ => Match.Any.WithEthSource(Mac(random)).WithFurther(FurtherFields.Of(Source(random.Next(4)))),
    };

    private static PacketFields Packet(Random random) => Match.Any
        .WithInPort(new((uint)random.Next(1, 20))).WithEthType(0x0800).WithEthSource(Mac(random))
        .WithEthDestination(Mac(random)).WithIpv4Source(Address(random)).WithIpv4Destination(Address(random)).Values;

    private static OxmField Metadata(int value, byte mask = 0) => mask == 0
        ? OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, (byte)value])
        : OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, (byte)(value & mask)], [0, 0, 0, 0, 0, 0, 0, mask]);

    private static OxmField Source(int value) => OxmField.Of(OxmId.Ipv6Source, [.. new byte[15], (byte)value]);

    private static MacAddress Mac(Random random) => new((ulong)(0x0200_0000_000a + random.Next(40)));

    private static Ipv4Address Address(Random random) => new((uint)(0x0a00_0001 + random.Next(40)));
}
