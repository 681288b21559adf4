using Lime.Core.Rules;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Goal: a refused ADD leaves the table as if it had not been sent, be what it replaced the same rule or
/// another (1.0.0 section 4.6: an error changes nothing). Method: the table beside one that never got the refused
/// ones.</remarks>
public sealed class RefusedAddTests
{
    private static readonly Match[] Matches =
        [.. Enumerable.Range(1, 3).Select(port => Match.Any.WithInPort(new PortNumber((uint)port)))];

    private static readonly ActionList[] Outputs =
        [ActionList.Output(new PortNumber(1)), ActionList.Output(new PortNumber(2))];

    [Test]
    public void Random_ADDs_of_which_some_are_refused_later([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        ShadowFlowTable table = NewTable(out ShadowFlowTable expected);
        var unanswered = new Queue<(Xid Xid, FlowMod Add, bool IsRefused)>();
        for (uint step = 1; step <= 400; step++)
        {
            FlowMod add = random.Next(3) > 0 ? Add(0, 0) : Add(random.Next(3), random.Next(2));
            Put(table, add, step);
            unanswered.Enqueue((new Xid(step), add, random.Next(3) == 0));
            while (unanswered.Count > random.Next(20)) Answer(table, expected, unanswered.Dequeue());
        }
        while (unanswered.TryDequeue(out (Xid Xid, FlowMod Add, bool IsRefused) next)) Answer(table, expected, next);

        Assert.That(Lines(table), Is.EqualTo(Lines(expected)));
    }

    [Test]
    public void One_that_said_the_same_is_undone_behind_an_ADD_that_says_something_else()
    {
        ShadowFlowTable table = NewTable(out _);
        FlowRule rule = Put(table, Add(0, 0), 1);
        Put(table, Add(0, 0), 2);
        Put(table, Add(0, 1), 3);

        Assert.That(table.Refuse(new Xid(2)), Is.Null, "another ADD has followed");
        Assert.That(table.Refuse(new Xid(3)), Is.SameAs(rule));

        Assert.That((rule.AppXid, rule.InstalledTicks, rule.ChangedTicks), Is.EqualTo((new Xid(1), 1L, 1L)));
        Assert.That(rule.Actions, Is.SameAs(Outputs[0]));
    }

    [Test]
    public void A_MODIFY_behind_one_that_said_the_same_stays_when_that_is_refused()
    {
        ShadowFlowTable table = NewTable(out _);
        FlowRule rule = Put(table, Add(0, 0), 1);
        Put(table, Add(0, 0), 2);
        FlowMod modify = Add(0, 1) with { Command = FlowModCommand.ModifyStrict };
        Assert.That(table.TryModify(modify, new Xid(3), 3, []), Is.True);

        Assert.That(table.Refuse(new Xid(2)), Is.SameAs(rule));

        Assert.That((rule.AppXid, rule.LatestAdd, rule.InstalledTicks), Is.EqualTo((new Xid(3), new Xid(1), 1L)));
        Assert.That(rule.Actions, Is.SameAs(Outputs[1]));
    }

    [Test]
    public void One_that_said_the_same_as_a_rule_that_is_refused_as_well_leaves_nothing()
    {
        ShadowFlowTable table = NewTable(out _);
        FlowRule rule = Put(table, Add(0, 0), 1);
        Put(table, Add(0, 0), 2);

        Assert.That(table.Refuse(new Xid(1)), Is.Null, "another ADD has followed");
        Assert.That(table.Refuse(new Xid(2)), Is.SameAs(rule));

        Assert.That(table.Count, Is.Zero);
    }

    [Test]
    public void What_was_counted_before_one_that_said_the_same_is_counted_again_when_that_is_refused()
    {
        ShadowFlowTable table = NewTable(out _);
        FlowRule rule = Put(table, Add(0, 0), 1);
        long beginning = rule.Beginning;
        rule.Retired = new FlowCounters(5, 500);
        Put(table, Add(0, 0), 2);
        Put(table, Add(0, 0), 3);
        Assert.That(rule.Retired, Is.EqualTo(default(FlowCounters)));

        table.Refuse(new Xid(2));
        table.Refuse(new Xid(3));

        Assert.That((rule.Retired, rule.Beginning), Is.EqualTo((new FlowCounters(5, 500), beginning)));
    }

    private static void Answer(
        ShadowFlowTable table, ShadowFlowTable expected, (Xid Xid, FlowMod Add, bool IsRefused) next)
    {
        if (next.IsRefused) table.Refuse(next.Xid);
        else Put(expected, next.Add, next.Xid.Value);
    }

    private static FlowRule Put(ShadowFlowTable table, in FlowMod add, uint step)
    {
        Assert.That(table.TryAdd(add, new Xid(step), step, out RuleChange change), Is.True);
        return change.Rule;
    }

    private static ShadowFlowTable NewTable(out ShadowFlowTable other)
    {
        other = new ShadowFlowTable(TableSemantics.V10, 100);
        return new ShadowFlowTable(TableSemantics.V10, 100);
    }

    private static FlowMod Add(int match, int output) => new()
    {
        Match = Matches[match],
        Actions = Outputs[output],
        Cookie = new Cookie((ulong)output),
    };

    private static string[] Lines(ShadowFlowTable table) => [.. table.Rules.Select(Line).Order(StringComparer.Ordinal)];

    private static string Line(FlowRule rule) =>
        $"{rule.Match} {rule.Cookie} {rule.Actions} {rule.AppXid} {rule.LatestAdd} {rule.InstalledTicks} "
        + $"{rule.ChangedTicks}";
}
