using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.Core.Translation;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Translation;

/// <remarks>Goal: a packet meets at an instance what it would meet at the virtual switch. Method: random
/// maps, rules and packets, interpreted on both sides.</remarks>
public sealed class RuleTranslationTests
{
    private const int PhysicalPorts = 12;

    [Test]
    public void A_packet_has_the_same_outcome_at_the_instance([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            InstanceMap map = RandomMap(random);
            (Match match, ActionList actions) = RandomRule(random, map);
            var rules = new List<PhysicalRule>();
            RuleTranslation.Translate(match, actions, map, rules);
            foreach ((PortNumber virtualPort, PortPlace place) in map.Places)
            {
                foreach (PortNumber ingress in place.Ingress)
                    AssertSame(map, (match, actions), rules, (virtualPort, ingress));
            }
        }
    }

    [Test]
    public void A_rule_of_a_plain_map_comes_back_as_it_was([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            InstanceMap map = RandomMap(random, isPlain: true);
            (Match match, ActionList actions) = RandomRule(random, map);
            if (actions.Any(each => each.Port == PortNumber.Flood || each.Port == PortNumber.All)) continue;
            if (match.InPort is { } port && actions.SendsTo(port)) continue; // Dropped, for good.
            if (match.InPort is not null && actions.SendsTo(PortNumber.InPort)) continue;
            var rules = new List<PhysicalRule>();
            RuleTranslation.Translate(match, actions, map, rules);
            PhysicalRule rule = rules.Single();
            Assert.That(RuleTranslation.TryToVirtual(rule.Match, map, out Match back), Is.True);
            Assert.That(back, Is.EqualTo(match));
            Assert.That(ActionInversion.ToVirtual(rule.Actions, map), Is.EqualTo(actions));
        }
    }

    [Test]
    public void The_identity_changes_nothing([Values(0xfffffffbu, 0xfffffffcu, 0xfffffff8u, 3u)] uint port)
    {
        Match match = Match.Any.WithInPort(new PortNumber(9));
        ActionList actions = ActionList.Output(new PortNumber(port));
        var rules = new List<PhysicalRule>();
        RuleTranslation.Translate(match, actions, InstanceMap.Identity, rules);
        Assert.That(rules, Is.EqualTo(new[] { new PhysicalRule(match, actions) }));
    }

    /// <remarks>H-13.</remarks>
    [Test]
    public void An_output_that_happens_to_lead_back_where_the_packet_came_from_says_so()
    {
        // A tunnel at port 5 leads to virtual port 2 and brings the packets of virtual port 1.
        InstanceMap map = InstanceMap.Of([Mapping(1, 4), Mapping(2, 5)])
            .With(new PortNumber(2), new PortPlace(new PortNumber(5), [new PortNumber(6)]))
            .With(new PortNumber(1), new PortPlace(new PortNumber(4), [new PortNumber(4), new PortNumber(5)]));
        ActionList translated = ActionTranslation.Translate(
            ActionList.Output(new PortNumber(2)), map, new PortNumber(1), new PortNumber(5));
        Assert.That(translated, Is.EqualTo(ActionList.Output(PortNumber.InPort)));
    }

    /// <remarks>H-13, the other way round: a switch drops an output to the ingress port.</remarks>
    [Test]
    public void An_output_to_its_own_virtual_port_stays_dropped_over_another_attachment()
    {
        InstanceMap map = InstanceMap.Of([Mapping(1, 4), Mapping(2, 5)])
            .With(new PortNumber(1), new PortPlace(new PortNumber(4), [new PortNumber(4), new PortNumber(6)]));
        ActionList translated = ActionTranslation.Translate(
            ActionList.Output(new PortNumber(1)), map, new PortNumber(1), new PortNumber(6));
        Assert.That(translated, Is.EqualTo(ActionList.Drop));
    }

    [Test]
    public void A_rule_on_a_port_with_two_attachments_is_there_twice()
    {
        InstanceMap map = InstanceMap.Of([Mapping(1, 4), Mapping(2, 5)])
            .With(new PortNumber(1), new PortPlace(new PortNumber(6), [new PortNumber(4), new PortNumber(6)]));
        var rules = new List<PhysicalRule>();
        RuleTranslation.Translate(
            Match.Any.WithInPort(new PortNumber(1)), ActionList.Output(new PortNumber(2)), map, rules);
        Assert.That(rules.Select(each => each.Match.InPort), Is.EqualTo(new PortNumber?[] { new(4), new(6) }));
        Assert.That(rules.Select(each => each.Actions), Is.All.EqualTo(ActionList.Output(new PortNumber(5))));
    }

    [Test]
    public void A_rule_on_a_port_that_is_not_here_has_no_entry()
    {
        var rules = new List<PhysicalRule>();
        RuleTranslation.Translate(
            Match.Any.WithInPort(new PortNumber(9)), ActionList.Flood, InstanceMap.Of([Mapping(1, 4)]), rules);
        Assert.That(rules, Is.Empty);
    }

    [Test]
    public void An_entry_on_a_port_of_nobody_has_no_virtual_form()
    {
        InstanceMap map = InstanceMap.Of([Mapping(1, 4)]);
        Assert.That(RuleTranslation.TryToVirtual(Match.Any.WithInPort(new PortNumber(5)), map, out _), Is.False);
        Assert.That(ActionInversion.ToVirtual(ActionList.Output(new PortNumber(5)), map), Is.Null);
    }

    /// <remarks>An action set is carried out for the same ingress, so it is translated as actions are; nothing else of
    /// a rule names a port.</remarks>
    [Test]
    public void Written_actions_are_translated_as_applied_ones_and_the_rest_stays([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            InstanceMap map = RandomMap(random);
            (Match match, ActionList actions) = RandomRule(random, map);
            var others = new FlowInstructions
            {
                Meter = new MeterId(3),
                Metadata = 5,
                MetadataMask = 7,
                GoToTable = new TableId(2),
                WriteActions = actions,
            };
            var applied = new List<PhysicalRule>();
            RuleTranslation.Translate(match, actions, map, applied);
            var written = new List<PhysicalRule>();
            RuleTranslation.Translate(match, new InstructionSet(ActionList.Drop, others), map, written);
            Assert.That(written.Select(each => each.Match), Is.EqualTo(applied.Select(each => each.Match)));
            Assert.That(written.Select(each => each.Actions), Is.All.EqualTo(ActionList.Drop));
            Assert.That(
                written.Select(each => each.Instructions.Others),
                Is.EqualTo(applied.Select(each => others.WithWriteActions(each.Actions))));
        }
    }

    [Test]
    public void A_port_beneath_the_ingress_port_is_translated_with_it_and_comes_back()
    {
        InstanceMap map = InstanceMap.Of([Mapping(1, 4), Mapping(2, 5)]);
        Match match = Match.Any.WithInPort(new PortNumber(1)).WithFurther(FurtherFields.Of(
            OxmField.Of(OxmId.InPhysicalPort, [0, 0, 0, 2]), OxmField.Of(OxmId.Metadata, [0, 0, 0, 0, 0, 0, 0, 9])));
        var rules = new List<PhysicalRule>();
        RuleTranslation.Translate(match, ActionList.Drop, map, rules);
        Match physical = rules.Single().Match;
        Assert.That(physical.InPort, Is.EqualTo(new PortNumber(4)));
        Assert.That(
            physical.Further.Find(OxmId.InPhysicalPort), Is.EqualTo(OxmField.Of(OxmId.InPhysicalPort, [0, 0, 0, 5])));
        Assert.That(RuleTranslation.TryToVirtual(physical, map, out Match back), Is.True);
        Assert.That(back, Is.EqualTo(match));
    }

    /// <remarks>Over a map of plain places a bucket's outputs lead where they lead at the virtual switch, from any
    /// ingress; and a group that is found comes back as it was.</remarks>
    [Test]
    public void A_bucket_has_the_same_outcome_at_the_instance_and_comes_back([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            InstanceMap map = RandomMap(random, isPlain: true);
            (_, ActionList actions) = RandomRule(random, map);
            PortNumber watched = map.Places[random.Next(map.Places.Length)].Key;
            ImmutableArray<GroupBucket> buckets = [new GroupBucket(actions) { WatchPort = watched, Weight = 3 }];
            Assert.That(GroupTranslation.DependOnIngress(GroupType.All, buckets, map), Is.False);
            GroupBucket translated = GroupTranslation.Translate(buckets, map).Single();
            Assert.That(translated.WatchPort, Is.EqualTo(map.PlaceOf(watched)!.Egress));
            foreach ((PortNumber virtualPort, PortPlace place) in map.Places)
            {
                var fields = default(PacketFields).WithInPort(place.Egress);
                IEnumerable<string>? found =
                    Interpreter.RunPhysical([new PhysicalRule(Match.Any, translated.Actions)], fields, PortsOf(map));
                IEnumerable<string> expected = Interpreter.RunVirtual(actions, virtualPort, map);
                Assert.That(found, Is.EqualTo(expected), $"{actions} from {virtualPort} over {Describe(map)}");
            }
            if (actions.Any(each => each.Port == PortNumber.Flood || each.Port == PortNumber.All)) continue;
            Assert.That(GroupTranslation.ToVirtual([translated], map)!.Value, Is.EqualTo(buckets));
        }
    }

    [Test]
    public void A_group_that_may_send_back_over_two_attachments_depends_on_its_ingress()
    {
        InstanceMap map = InstanceMap.Of([Mapping(1, 4), Mapping(2, 5)])
            .With(new PortNumber(1), new PortPlace(new PortNumber(6), [new PortNumber(4), new PortNumber(6)]));
        ImmutableArray<GroupBucket> toOne = [new GroupBucket(ActionList.Output(new PortNumber(1)))];
        ImmutableArray<GroupBucket> toTwo = [new GroupBucket(ActionList.Output(new PortNumber(2)))];
        ImmutableArray<GroupBucket> flood = [new GroupBucket(ActionList.Flood)];
        Assert.That(GroupTranslation.DependOnIngress(GroupType.All, toOne, map), Is.True);
        Assert.That(GroupTranslation.DependOnIngress(GroupType.Indirect, toOne, map), Is.False);
        Assert.That(GroupTranslation.DependOnIngress(GroupType.All, toTwo, map), Is.False);
        Assert.That(GroupTranslation.DependOnIngress(GroupType.Indirect, flood, map), Is.True);
    }

    private static void AssertSame(
        InstanceMap map,
        (Match Match, ActionList Actions) rule,
        List<PhysicalRule> rules,
        (PortNumber Virtual, PortNumber Physical) ingress)
    {
        foreach (ushort ethType in new ushort[] { 0x0800, 0x0806 })
        {
            PacketFields fields = new((ulong)ethType << 16, 0, 0, 0, 0);
            bool isMet = rule.Match.Matches(fields.WithInPort(ingress.Virtual));
            IEnumerable<string>? found = Interpreter.RunPhysical(
                rules, fields.WithInPort(ingress.Physical), PortsOf(map));
            IEnumerable<string>? expected =
                isMet ? Interpreter.RunVirtual(rule.Actions, ingress.Virtual, map) : null;
            Assert.That(found, Is.EqualTo(expected), $"{rule} from {ingress} over {Describe(map)}");
        }
    }

    /// <summary>Every port of the instance, also those that are nobody's: nothing may reach them.</summary>
    private static PortNumber[] PortsOf(InstanceMap map) =>
    [
        .. map.Places.SelectMany(each => each.Value.Ingress.Append(each.Value.Egress))
            .Append(new PortNumber(99)).Distinct(),
    ];

    private static string Describe(InstanceMap map) => string.Join(", ", map.Places.Select(
        each => $"{each.Key}: out {each.Value.Egress} in {string.Join('/', each.Value.Ingress)}"));

    private static InstanceMap RandomMap(Random random, bool isPlain = false)
    {
        var free = new Queue<PortNumber>(
            Enumerable.Range(1, PhysicalPorts).OrderBy(_ => random.Next()).Select(i => new PortNumber((uint)i)));
        int ports = random.Next(1, 5);
        InstanceMap map = InstanceMap.Of(Enumerable.Range(1, ports).Select(
            i => new PortMapping(new PortNumber((uint)i), free.Dequeue())));
        for (uint i = 1; i <= ports && !isPlain; i++)
        {
            PortNumber at = map.PlaceOf(new PortNumber(i))!.Egress;
            PortNumber other = free.Dequeue();
            PortPlace? place = random.Next(5) switch
            {
                0 => new PortPlace(at, [at, other]),
                1 => new PortPlace(other, [at, other]),
                2 => new PortPlace(other, [at]), // Out by a tunnel that nothing comes in by.
                3 => new PortPlace(map.Places[random.Next(ports)].Value.Egress, [at, other]), // A shared tunnel.
                _ => null,
            };
            if (place is not null) map = map.With(new PortNumber(i), place);
        }
        return map.WithoutDeparting();
    }

    private static (Match Match, ActionList Actions) RandomRule(Random random, InstanceMap map)
    {
        Match match = Match.Any;
        if (random.Next(2) == 0) match = match.WithInPort(RandomPort());
        if (random.Next(3) == 0) match = match.WithEthType(0x0800);
        var actions = new FlowAction[random.Next(4)];
        for (int i = 0; i < actions.Length; i++)
        {
            actions[i] = random.Next(7) switch
            {
                0 => FlowAction.Output(PortNumber.Flood),
                1 => FlowAction.Output(PortNumber.All),
                2 => FlowAction.Output(PortNumber.InPort),
                3 => FlowAction.Output(PortNumber.Controller, 64),
                4 => FlowAction.SetIpTos((byte)(random.Next(1, 8) * 4)),
                _ => FlowAction.Output(RandomPort()),
            };
        }
        return (match, ActionList.Of(actions));

        PortNumber RandomPort() => map.Places[random.Next(map.Places.Length)].Key;
    }

    private static PortMapping Mapping(uint virtualPort, uint physicalPort) =>
        new(new PortNumber(virtualPort), new PortNumber(physicalPort));
}
