using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Rules;

public sealed class RemovalLedgerTests
{
    private static readonly RuleKey Key = new(Match.Any, 1);
    private static readonly RuleKey OtherKey = new(Match.Any, 2);

    [Test]
    public void A_removal_is_complete_when_every_entry_has_reported_with_the_sum()
    {
        var first = new RemovalLedger();
        var second = new RemovalLedger();
        FlowRule rule = NewRule(retired: 100);
        var removal = new Removal(rule, FlowRemovedReason.Delete, nowTicks: 5);
        first.Expect(Key, rule, removal);
        second.Expect(OtherKey, rule, removal);
        Assert.That(first.Settle(Key, Report(7), out bool wasAwaited), Is.Null);
        Assert.That(wasAwaited, Is.True);
        Assert.That(second.Settle(OtherKey, Report(5), out _), Is.SameAs(removal));
        Assert.That(removal.ToMessage().PacketCount, Is.EqualTo(112));
        Assert.That((first.Count, second.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void An_entry_of_a_rule_that_lives_on_leaves_its_counters_there()
    {
        var ledger = new RemovalLedger();
        FlowRule rule = NewRule(retired: 1);
        ledger.Expect(Key, rule, null);
        Assert.That(ledger.Settle(Key, Report(7), out bool wasAwaited), Is.Null);
        Assert.That(wasAwaited, Is.True);
        Assert.That(rule.Retired, Is.EqualTo(new FlowCounters(8, 800)));
    }

    [Test]
    public void Reports_of_one_entry_deleted_twice_settle_in_order()
    {
        var ledger = new RemovalLedger();
        var first = new Removal(NewRule(), FlowRemovedReason.Delete, 1);
        var second = new Removal(NewRule(), FlowRemovedReason.Delete, 2);
        ledger.Expect(Key, first.Rule, first);
        ledger.Expect(Key, second.Rule, second);
        Assert.That(ledger.Settle(Key, Report(1), out _), Is.SameAs(first));
        Assert.That(ledger.Settle(Key, Report(2), out _), Is.SameAs(second));
        Assert.That(ledger.Settle(Key, Report(3), out bool wasAwaited), Is.Null);
        Assert.That(wasAwaited, Is.False);
    }

    [Test]
    public void A_lost_instance_completes_what_waited_for_it_alone()
    {
        var lost = new RemovalLedger();
        var other = new RemovalLedger();
        var alone = new Removal(NewRule(), FlowRemovedReason.Delete, 1);
        var both = new Removal(NewRule(), FlowRemovedReason.Delete, 1);
        lost.Expect(Key, alone.Rule, alone);
        lost.Expect(OtherKey, both.Rule, both);
        other.Expect(OtherKey, both.Rule, both);
        Assert.That(lost.Abandon(), Is.EqualTo(new[] { alone }));
        Assert.That(lost.Count, Is.Zero);
        Assert.That(other.Settle(OtherKey, Report(4), out _), Is.SameAs(both));
        Assert.That(both.Counters.Packets, Is.EqualTo(4));
    }

    [Test]
    public void A_removal_tells_the_age_of_its_rule_and_the_rule_as_the_app_gave_it()
    {
        FlowRule rule = NewRule();
        rule.Assign(
            new FlowMod { Cookie = new Cookie(ulong.MaxValue), Priority = 9, IdleTimeoutSeconds = 4 },
            new Xid(1), nowTicks: 100);
        var removal = new Removal(rule, FlowRemovedReason.IdleTimeout, 100 + TimeSpan.TicksPerSecond);
        FlowRemoved message = removal.ToMessage();
        Assert.That(message, Is.EqualTo(new FlowRemoved(
            Match.Any, new Cookie(ulong.MaxValue), 9, FlowRemovedReason.IdleTimeout,
            TimeSpan.FromSeconds(1), 4, 0, 0)));
    }

    private static FlowRule NewRule(ulong retired = 0) =>
        new(Key) { Retired = new FlowCounters(retired, retired * 100) };

    private static FlowRemoved Report(ulong packets) => new(
        Match.Any, default, 1, FlowRemovedReason.Delete, TimeSpan.Zero, 0, packets, packets * 100);
}
