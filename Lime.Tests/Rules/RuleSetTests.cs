using Lime.Core.Rules;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using NUnit.Framework;

namespace Lime.Tests.Rules;

/// <remarks>Method: random additions and removals, the same in a dictionary; few keys, so that places are taken, given
/// back and closed up all the time, and few hashes, so that nearly all of them meet.</remarks>
public sealed class RuleSetTests
{
    private const int Keys = 300;

    [TestCase(1u)]
    [TestCase(7u)]
    [TestCase(uint.MaxValue)]
    public void A_rule_is_found_by_its_key_as_long_as_it_is_in(uint hashes)
    {
        var random = new Random(4);
        var rules = new RuleSet();
        var expected = new Dictionary<RuleKey, FlowRule>();
        for (int i = 0; i < 20_000; i++)
        {
            RuleKey key = KeyOf(random.Next(Keys));
            uint hash = RuleSet.HashOf(key) % hashes;
            FlowRule? found = rules.Find(hash, RuleKey.MatchOf(key), key.Priority, key.Table);
            Assert.That(found, Is.SameAs(expected.GetValueOrDefault(key)));
            if (found is null) Add(rules, expected, key, hash);
            else if (random.Next(2) == 0) Remove(rules, expected, found);
        }
        Assert.That(rules, Is.EquivalentTo(expected.Values));
        foreach (FlowRule each in expected.Values.ToArray()) Remove(rules, expected, each);
        Assert.That(rules, Is.Empty);
    }

    [Test]
    public void A_rule_may_be_removed_while_they_are_gone_through_but_none_added()
    {
        var rules = new RuleSet();
        var expected = new Dictionary<RuleKey, FlowRule>();
        for (int i = 0; i < Keys; i++) Add(rules, expected, KeyOf(i), RuleSet.HashOf(KeyOf(i)));
        int seen = 0;
        foreach (FlowRule each in rules)
        {
            seen++;
            Remove(rules, expected, each);
        }
        Assert.That((seen, rules.Count), Is.EqualTo((Keys, 0)));
        Add(rules, expected, KeyOf(1), 1);
        Assert.That(
            () =>
            {
                foreach (FlowRule _ in rules) Add(rules, expected, KeyOf(2), 2);
            },
            Throws.InvalidOperationException);
    }

    private static void Add(RuleSet rules, Dictionary<RuleKey, FlowRule> expected, RuleKey key, uint hash)
    {
        var rule = new FlowRule(key);
        rules.Add(rule, hash);
        expected.Add(key, rule);
        Assert.That(rules.Count, Is.EqualTo(expected.Count));
    }

    private static void Remove(RuleSet rules, Dictionary<RuleKey, FlowRule> expected, FlowRule rule)
    {
        Assert.That(rules.Remove(rule), Is.True);
        Assert.That(rules.Remove(rule), Is.False);
        expected.Remove(rule.Key);
        Assert.That(rules.Count, Is.EqualTo(expected.Count));
    }

    private static RuleKey KeyOf(int number) => new(
        Match.Any.WithInPort(new PortNumber((uint)(number % 20) + 1)),
        (ushort)(number / 20 % 5),
        new TableId((byte)(number / 100)));
}
