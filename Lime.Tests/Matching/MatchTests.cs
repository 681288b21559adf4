using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using NUnit.Framework;

namespace Lime.Tests.Matching;

/// <remarks>Goal: Matches, Covers and Overlaps mean what they say. Method: matches on a handful of bits,
/// so that all packets can
/// be listed, against the definitions by sets.</remarks>
[TestFixture]
public sealed class MatchTests
{
    /// <summary>Bits of all five words and of several fields; all packets differ in these only.</summary>
    private static readonly PacketFields[] Bits =
    [
        new(1ul << 32, 0, 0, 0, 0),
        new(1, 0, 0, 0, 0),
        new(0, 1ul << 63, 0, 0, 0),
        new(0, 0, 1ul << 15, 0, 0),
        new(0, 0, 0, 1, 0),
        new(0, 0, 0, 0, 1ul << 48),
    ];

    private static readonly PacketFields[] Packets =
        [.. Enumerable.Range(0, 1 << Bits.Length).Select(Combine)];

    [Test]
    public void Covers_and_overlaps_agree_with_the_sets_of_packets([Range(1, 50)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
        {
            Match left = RandomMatch(random);
            Match right = RandomMatch(random);
            var leftPackets = Packets.Where(packet => IsSelected(left, packet)).ToHashSet();
            var rightPackets = Packets.Where(packet => IsSelected(right, packet)).ToHashSet();

            Assert.That(left.Covers(right), Is.EqualTo(leftPackets.IsSupersetOf(rightPackets)),
                $"{left} {right}");
            Assert.That(left.Overlaps(right), Is.EqualTo(leftPackets.Overlaps(rightPackets)),
                $"{left} {right}");
            Assert.That(Packets.Where(packet => left.Matches(packet)), Is.EquivalentTo(leftPackets));
        }
    }

    [Test]
    public void Equal_matches_have_equal_hashes_whatever_their_unmasked_bits()
    {
        const ulong Ones = ulong.MaxValue;
        var left = new Match(new PacketFields(Ones, Ones, Ones, Ones, Ones), FieldMasks.EthType);
        Match right = Match.Any.WithEthType(0xffff);

        Assert.That(left, Is.EqualTo(right));
        Assert.That(left.GetHashCode(), Is.EqualTo(right.GetHashCode()));
    }

    [Test]
    public void A_field_taken_back_leaves_no_trace()
    {
        Match match = Match.Any.WithEthType(0x0800).WithInPort(new PortNumber(3));

        Assert.That(match.Without(FieldMasks.InPort), Is.EqualTo(Match.Any.WithEthType(0x0800)));
        Assert.That(match.InPort, Is.EqualTo(new PortNumber(3)));
        Assert.That(match.Without(FieldMasks.InPort).InPort, Is.Null);
    }

    [Test]
    public void Setting_a_field_twice_keeps_the_last_value() =>
        Assert.That(Match.Any.WithVlanId(4095).WithVlanId(10), Is.EqualTo(Match.Any.WithVlanId(10)));

    [Test]
    public void An_untagged_match_and_one_of_VLAN_0_are_apart()
    {
        Assert.That(Match.Any.WithVlanId(0).Overlaps(Match.Any.WithoutVlanTag()), Is.False);
        Assert.That(Match.Any.Covers(Match.Any.WithoutVlanTag()), Is.True);
        Assert.That(Match.Any.WithoutVlanTag().Covers(Match.Any), Is.False);
    }

    [Test]
    public void A_shorter_prefix_covers_a_longer_one()
    {
        Match net = Match.Any.WithIpv4Source(Ipv4Address.Parse("10.0.0.0"), 8);
        Match host = Match.Any.WithIpv4Source(Ipv4Address.Parse("10.1.2.3"));

        Assert.That(net.Covers(host), Is.True);
        Assert.That(host.Covers(net), Is.False);
        Assert.That(Match.Any.WithIpv4Source(Ipv4Address.Parse("11.0.0.0"), 8).Overlaps(host), Is.False);
    }

    private static PacketFields Combine(int bits)
    {
        PacketFields fields = default;
        for (int i = 0; i < Bits.Length; i++)
        {
            if ((bits & (1 << i)) != 0) fields = fields.Or(Bits[i]);
        }
        return fields;
    }

    private static Match RandomMatch(Random random) =>
        new(Combine(random.Next(1 << Bits.Length)), Combine(random.Next(1 << Bits.Length)));

    /// <summary>The definition, bit by bit.</summary>
    private static bool IsSelected(Match match, PacketFields packet) => Array.TrueForAll(Bits, bit =>
        match.Mask.And(bit) == default || match.Values.And(bit) == packet.And(bit));
}
