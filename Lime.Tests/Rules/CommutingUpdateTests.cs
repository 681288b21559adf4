using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: an update goes without a guard only if nobody can tell its order from packets. Each case has its near
/// misses.</remarks>
public sealed class CommutingUpdateTests
{
    private static readonly Match Tcp = Match.Any.WithEthType(0x0800).WithIpProtocol(6);

    [TestCase("same", true)]
    [TestCase("other actions", false)]
    [TestCase("other cookie", false)]
    [TestCase("counters begin anew", false)]
    [TestCase("no packet count", false)]
    public void An_add_of_the_same_rule_commutes_if_nothing_of_it_changes(string what, bool commutes)
    {
        ShadowFlowTable table = Table(TableSemantics.V13, Rule(Tcp, 10));
        FlowMod again = what switch
        {
            "same" => Rule(Tcp, 10) with { HardTimeoutSeconds = 3, Flags = FlowModFlags.SendFlowRemoved },
            "other actions" => Rule(Tcp, 10, port: 3),
            "other cookie" => Rule(Tcp, 10) with { Cookie = new Cookie(1) },
            "counters begin anew" => Rule(Tcp, 10) with { Flags = FlowModFlags.ResetCounts },
            _ => Rule(Tcp, 10) with { Flags = FlowModFlags.NoPacketCounts },
        };
        Assert.That(Commutes(table, again), Is.EqualTo(commutes));
    }

    [Test]
    public void In_1_0_an_add_of_the_same_rule_zeroes_its_counters_so_it_does_not_commute() =>
        Assert.That(Commutes(Table(TableSemantics.V10, Rule(Tcp, 10)), Rule(Tcp, 10)), Is.False);

    [TestCase(2u, 0ul, true)]
    [TestCase(2u, 7ul, true)]
    [TestCase(3u, 0ul, false)]
    public void In_1_0_a_modification_commutes_if_the_actions_stay(uint port, ulong cookie, bool commutes)
    {
        ShadowFlowTable table = Table(TableSemantics.V10, Rule(Tcp, 10));
        FlowMod same = Rule(Tcp, 10, port) with
        {
            Command = FlowModCommand.ModifyStrict,
            Cookie = new Cookie(cookie),
        };
        Assert.That(Commutes(table, same), Is.EqualTo(commutes), "no packet-in of 1.0 shows the cookie");
    }

    [Test]
    public void A_rule_beneath_one_that_covers_it_may_come_change_and_go()
    {
        ShadowFlowTable table = Table(TableSemantics.V13, Rule(Match.Any.WithEthType(0x0800), 20));
        Assert.That(Commutes(table, Rule(Tcp, 10)), Is.True);
        Assert.That(Commutes(table, Rule(Tcp, 10, port: 3) with { Command = FlowModCommand.ModifyStrict }), Is.True);
        Assert.That(Commutes(table, Rule(Tcp, 10) with { Flags = FlowModFlags.ResetCounts }), Is.True);
        Assert.That(Commutes(table, Rule(Tcp, 10) with { Command = FlowModCommand.DeleteStrict }), Is.True);
    }

    [TestCase("same priority")]
    [TestCase("lower priority")]
    [TestCase("covers a part")]
    [TestCase("overlaps")]
    [TestCase("other table")]
    [TestCase("changes with it")]
    public void A_rule_that_is_not_wholly_beneath_another_does_not_commute(string what)
    {
        FlowMod above = what switch
        {
            "same priority" => Rule(Match.Any.WithEthType(0x0800), 10),
            "lower priority" => Rule(Match.Any.WithEthType(0x0800), 9),
            "covers a part" => Rule(Tcp.WithTransportDestination(80), 20),
            "overlaps" => Rule(Match.Any.WithInPort(new PortNumber(1)), 20),
            "other table" => Rule(Match.Any.WithEthType(0x0800), 20) with { Table = new TableId(1) },
            _ => Rule(Match.Any.WithEthType(0x0800), 20),
        };
        ShadowFlowTable table = Table(TableSemantics.V13, above);
        FlowMod[] together = what == "changes with it" ? [above with { Cookie = new Cookie(5) }] : [];
        Assert.That(Commutes(table, Rule(Tcp, 10), together), Is.False);
    }

    [Test]
    public void The_cover_counts_only_while_it_is_there()
    {
        FlowMod above = Rule(Match.Any.WithEthType(0x0800), 20);
        ShadowFlowTable table = Table(TableSemantics.V13, above);
        Apply(table, above with { Command = FlowModCommand.Delete });
        Assert.That(Commutes(table, Rule(Tcp, 10)), Is.False);
    }

    /// <remarks>1.0.0 section 3.4.</remarks>
    [Test]
    public void In_1_0_nothing_lies_above_an_exact_match()
    {
        Match exact = Match.Exact(default);
        Assert.That(Commutes(Table(TableSemantics.V10, Rule(Match.Any, 60_000)), Rule(exact, 10)), Is.False);
        Assert.That(Commutes(Table(TableSemantics.V13, Rule(Match.Any, 60_000)), Rule(exact, 10)), Is.True);
    }

    /// <remarks>The first packet could count under one, its answer under the other.</remarks>
    [Test]
    public void A_rule_that_does_what_its_packets_meet_already_does_not_commute() =>
        Assert.That(Commutes(Table(TableSemantics.V13, Rule(Match.Any, 1)), Rule(Tcp, 10)), Is.False);

    /// <remarks>H-30: that is how a firewall lets answers in.</remarks>
    [Test]
    public void A_rule_where_nothing_matched_does_not_commute()
    {
        Assert.That(Commutes(Table(TableSemantics.V13), Rule(Tcp, 10)), Is.False);
        Assert.That(Commutes(Table(TableSemantics.V10), Rule(Tcp, 10)), Is.False);
    }

    [Test]
    public void A_rule_of_a_table_to_which_nothing_leads_commutes_until_something_does()
    {
        FlowMod inSecond = Rule(Tcp, 10) with { Table = new TableId(2) };
        ShadowFlowTable table = Table(TableSemantics.V13, Leading(from: 1, to: 2));
        Assert.That(Commutes(table, inSecond), Is.True, "table 1 is not reached either");
        FlowMod lead = Leading(from: 0, to: 1);
        Assert.That(Commutes(table, inSecond with { Cookie = new Cookie(3) }, lead), Is.False, "in one transaction");
        Assert.That(Commutes(table, inSecond with { Cookie = new Cookie(4) }), Is.False);
        FlowMod cut = lead with { Command = FlowModCommand.DeleteStrict };
        Assert.That(Commutes(table, inSecond with { Cookie = new Cookie(5) }, cut), Is.False, "it led there until now");
        Assert.That(Commutes(table, inSecond with { Cookie = new Cookie(6) }), Is.True);
    }

    private static FlowMod Rule(Match match, ushort priority, uint port = 2) => new()
    {
        Match = match,
        Priority = priority,
        Actions = ActionList.Output(new PortNumber(port)),
    };

    private static FlowMod Leading(byte from, byte to) => new()
    {
        Table = new TableId(from),
        Priority = 5,
        Actions = ActionList.Drop,
        Instructions = new FlowInstructions { GoToTable = new TableId(to) },
    };

    private static ShadowFlowTable Table(TableSemantics semantics, params FlowMod[] rules)
    {
        var table = new ShadowFlowTable(semantics, 1000);
        foreach (FlowMod each in rules) Apply(table, each);
        return table;
    }

    /// <summary>Whether the last change of a transaction, the command's, commutes.</summary>
    private static bool Commutes(ShadowFlowTable table, FlowMod command, params FlowMod[] before)
    {
        var changes = new List<RuleChange>();
        foreach (FlowMod each in before) changes.AddRange(Apply(table, each));
        changes.AddRange(Apply(table, command));
        return CommutingUpdates.Find(changes, table)[^1];
    }

    private static List<RuleChange> Apply(ShadowFlowTable table, in FlowMod flowMod)
    {
        var changes = new List<RuleChange>();
        var context = new CommandContext(default, 0, Core.Networks.InstanceMap.Identity);
        Assert.That(CommandResolution.Resolve(table, flowMod, context, changes), Is.Null);
        return changes;
    }
}
