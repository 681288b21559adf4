using Lime.Core.Networks;
using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: commands do to the shadow table what OpenFlow 1.0.0 section 4.6 says. Method: random
/// commands over a small universe of matches and packets, beside a naive table.</remarks>
public sealed class ShadowFlowTableTests
{
    private const int RulesMax = 12;

    /// <summary>Every combination of 2 ports, 2 sources, 2 types and 2 destinations.</summary>
    private static readonly PacketFields[] Universe =
    [
        .. from port in new uint[] { 1, 2 }
           from source in new ulong[] { 0xa, 0xb }
           from destination in new uint[] { 0x0a00_0001, 0x0a00_0101 }
           from ethType in new ushort[] { 0x0800, 0x0806 }
           select PacketOf(port, source, ethType, destination),
    ];

    [Test]
    public void Random_commands_do_what_the_specification_says([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var table = new ShadowFlowTable(TableSemantics.V10, RulesMax);
        var naive = new NaiveFlowTable(Universe, RulesMax);
        for (int step = 1; step <= 300; step++)
        {
            FlowMod flowMod = RandomCommand(random, step);
            var changes = new List<RuleChange>();
            var refusal = CommandResolution.Resolve(
                table, flowMod, new CommandContext(new Xid((uint)step), step, InstanceMap.Identity), changes);
            List<string>? expected = naive.Apply(flowMod);
            string what = $"step {step}: {flowMod.Command} {flowMod.Priority} {flowMod.Match} {flowMod.Flags}";
            Assert.That(refusal is not null, Is.EqualTo(expected is null), what);
            if (expected is null) Assert.That(changes, Is.Empty, what);
            else Assert.That(changes.Select(each => $"{each.Kind} {Line(each.Rule)}"), Is.EquivalentTo(expected), what);
            Assert.That(table.Rules.Select(Line).Order(StringComparer.Ordinal), Is.EqualTo(naive.Lines), what);
            AssertLookups(table, naive, what);
        }
    }

    [Test]
    public void A_refusal_names_overlap_or_a_full_table()
    {
        var table = new ShadowFlowTable(TableSemantics.V10, 1);
        FlowMod wide = new() { Priority = 5, Flags = FlowModFlags.CheckOverlap };
        Assert.That(Resolve(table, wide), Is.Null);
        Assert.That(Resolve(table, wide), Is.Null, "a rule does not overlap itself");
        FlowMod narrow = wide with { Match = Match.Any.WithEthType(0x0806) };
        Assert.That(Resolve(table, narrow), Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.Overlap)));
        Assert.That(Resolve(table, narrow with { Flags = default }),
            Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.TableFull)));
        Assert.That(Resolve(table, narrow with { Command = FlowModCommand.Modify }),
            Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.TableFull)), "a MODIFY that adds");
        Assert.That(Resolve(table, narrow with { Flags = FlowModFlags.Emergency }),
            Is.EqualTo((ErrorType.FlowModFailed, ErrorCodes.TableFull)), "there is no emergency table");
        Assert.That(table.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_port_that_there_is_not_is_refused_by_commands_that_would_send_to_it()
    {
        var table = new ShadowFlowTable(TableSemantics.V10, 10);
        InstanceMap map = InstanceMap.Of([new PortMapping(new PortNumber(1), new PortNumber(7))]);
        FlowMod toSeven = new() { Actions = ActionList.Output(new PortNumber(7)) };
        Assert.That(Resolve(table, toSeven, map), Is.EqualTo((ErrorType.BadAction, ErrorCodes.ActionBadOutPort)));
        Assert.That(Resolve(table, toSeven with { Command = FlowModCommand.Delete }, map), Is.Null);
        Assert.That(Resolve(table, toSeven with { Actions = ActionList.Output(new PortNumber(1)) }, map), Is.Null);
    }

    /// <remarks>H-39, H-40.</remarks>
    [Test]
    public void Add_begins_anew_and_modify_keeps_age_timeouts_and_counters()
    {
        var table = new ShadowFlowTable(TableSemantics.V10, 10);
        FlowMod add = new() { IdleTimeoutSeconds = 5, Flags = FlowModFlags.SendFlowRemoved, Cookie = new Cookie(1) };
        Resolve(table, add, nowTicks: 10);
        FlowRule rule = table.Rules.Single();
        rule.Retired = new FlowCounters(3, 300);
        FlowMod modify = new() { Command = FlowModCommand.Modify, Cookie = new Cookie(2), HardTimeoutSeconds = 9 };
        Resolve(table, modify, nowTicks: 20);
        Assert.That((rule.InstalledTicks, rule.ChangedTicks), Is.EqualTo((10L, 20L)));
        Assert.That((rule.IdleTimeoutSeconds, rule.HardTimeoutSeconds), Is.EqualTo(((ushort)5, (ushort)0)));
        Assert.That(rule.ReportsRemoval, Is.True);
        Assert.That(rule.Cookie, Is.EqualTo(new Cookie(2)));
        Assert.That(rule.Retired.Packets, Is.EqualTo(3));
        Resolve(table, add, nowTicks: 30);
        Assert.That(rule.Retired.Packets, Is.Zero);
        Assert.That(rule.InstalledTicks, Is.EqualTo(30));
    }

    /// <remarks>H-35: in OpenFlow 1.0 an exact match outranks every priority, so its priority tells nothing
    /// apart.</remarks>
    [Test]
    public void An_exact_rule_is_the_same_whatever_its_priority_and_wins()
    {
        var table = new ShadowFlowTable(TableSemantics.V10, 10);
        Resolve(table, new FlowMod { Match = Match.Exact(Universe[0]), Priority = 1, Cookie = new Cookie(1) });
        Resolve(table, new FlowMod { Match = Match.Exact(Universe[0]), Priority = 9, Cookie = new Cookie(2) });
        Resolve(table, new FlowMod { Match = Match.Any.WithInPort(new PortNumber(1)), Priority = 65_534 });
        Assert.That(table.Count, Is.EqualTo(2));
        Assert.That(table.Lookup(Universe[0])?.Cookie, Is.EqualTo(new Cookie(2)));
    }

    [Test]
    public void A_found_rule_is_adopted_once_and_knows_it()
    {
        var table = new ShadowFlowTable(TableSemantics.V10, 1);
        Assert.That(table.TryAdopt(new FlowMod { Priority = 3 }, installedTicks: -50), Is.True);
        Assert.That(table.TryAdopt(new FlowMod { Priority = 3 }, installedTicks: -50), Is.False, "known");
        Assert.That(table.TryAdopt(new FlowMod { Priority = 4 }, installedTicks: -50), Is.False, "full");
        FlowRule rule = table.Rules.Single();
        Assert.That((rule.IsAdopted, rule.InstalledTicks), Is.EqualTo((true, -50L)));
    }

    private static (ErrorType, ushort)? Resolve(
        ShadowFlowTable table, in FlowMod flowMod, InstanceMap? map = null, long nowTicks = 0) =>
        CommandResolution.Resolve(
            table, flowMod, new CommandContext(new Xid(1), nowTicks, map ?? InstanceMap.Identity), []);

    private static void AssertLookups(ShadowFlowTable table, NaiveFlowTable naive, string what)
    {
        foreach (PacketFields packet in Universe)
        {
            string? found = table.Lookup(packet) is { } rule ? Line(rule) : null;
            string? expected = naive.Lookup(packet);
            // Rules of one priority that overlap: either may win.
            bool isRight = expected is null ? found is null : found is not null && expected.Split('|').Contains(found);
            Assert.That(isRight, Is.True, $"{what}: {packet} found {found}, expected {expected}");
        }
    }

    private static string Line(FlowRule rule) => $"{rule.Key.Priority} {rule.Match} {rule.Cookie} {rule.Actions}";

    private static PacketFields PacketOf(uint port, ulong source, ushort ethType, uint destination) =>
        new(((ulong)port << 32) | ((ulong)ethType << 16), source << 16, 0xcUL << 16, destination, 0);

    private static FlowMod RandomCommand(Random random, int step)
    {
        Match match = Match.Any;
        if (random.Next(10) == 0)
        {
            match = Match.Exact(Universe[random.Next(Universe.Length)]);
        }
        else
        {
            if (random.Next(3) == 0) match = match.WithInPort(new PortNumber((uint)random.Next(1, 3)));
            if (random.Next(3) == 0) match = match.WithEthSource(new MacAddress((ulong)random.Next(0xa, 0xc)));
            if (random.Next(3) == 0) match = WithDestination(match, random);
        }
        return new FlowMod
        {
            Command = (FlowModCommand)random.Next(5),
            Match = match,
            Priority = (ushort)random.Next(1, 4),
            Cookie = new Cookie((ulong)step),
            Flags = random.Next(6) == 0 ? FlowModFlags.CheckOverlap : default,
            OutPort = random.Next(3) == 0 ? new PortNumber((uint)random.Next(1, 3)) : PortNumber.Any,
            Actions = random.Next(4) == 0
                ? ActionList.Drop
                : ActionList.Output(new PortNumber((uint)random.Next(1, 3))),
        };
    }

    /// <summary>An address of the universe, or the network that both are in.</summary>
    private static Match WithDestination(Match match, Random random) => match.WithEthType(0x0800).WithIpv4Destination(
        new Ipv4Address(random.Next(2) == 0 ? 0x0a00_0001u : 0x0a00_0101u), random.Next(2) == 0 ? 32 : 16);
}
