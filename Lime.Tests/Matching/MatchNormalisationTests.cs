using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.Tests.Wire;
using NUnit.Framework;

namespace Lime.Tests.Matching;

/// <remarks>Goal: a normalised match says nothing about fields that its packets cannot have (OpenFlow
/// 1.0.1, section
/// 3.4). Method: a table of prerequisites beside the code's; and properties of generated matches.</remarks>
[TestFixture]
public sealed class MatchNormalisationTests
{
    private static readonly PacketFields Everything = FieldMasks.All;

    private static Match Full { get; } = new(default, Everything);

    [TestCase(0x0800, 6, "addresses protocol tos ports")]
    [TestCase(0x0800, 17, "addresses protocol tos ports")]
    [TestCase(0x0800, 132, "addresses protocol tos ports")]
    [TestCase(0x0800, 1, "addresses protocol tos ports")]
    [TestCase(0x0800, 58, "addresses protocol tos")]
    [TestCase(0x0800, 47, "addresses protocol tos")]
    [TestCase(0x0806, 1, "addresses protocol")]
    [TestCase(0x0806, 6, "addresses protocol")]
    [TestCase(0x86dd, 6, "protocol tos ports")]
    [TestCase(0x86dd, 58, "protocol tos ports")]
    [TestCase(0x86dd, 1, "protocol tos")]
    [TestCase(0x88cc, 6, "")]
    public void Fields_stay_where_their_prerequisite_is_matched(int ethType, int protocol, string kept)
    {
        Match match = Full.WithEthType((ushort)ethType).WithIpProtocol((byte)protocol).WithVlanId(1);

        PacketFields mask = MatchNormalisation.Normalise(match).Mask;

        Assert.That(mask.Ipv4Source.Value != 0, Is.EqualTo(Keeps("addresses")));
        Assert.That(mask.Ipv4Destination.Value != 0, Is.EqualTo(Keeps("addresses")));
        Assert.That(mask.IpProtocol != 0, Is.EqualTo(Keeps("protocol")));
        Assert.That(mask.IpTos != 0, Is.EqualTo(Keeps("tos")));
        Assert.That(mask.TransportSource != 0, Is.EqualTo(Keeps("ports")));
        Assert.That(mask.TransportDestination != 0, Is.EqualTo(Keeps("ports")));

        bool Keeps(string field) => kept.Contains(field, StringComparison.Ordinal);
    }

    [Test]
    public void Network_fields_without_a_type_go()
    {
        Match match = Match.Any.WithIpv4Source(Ipv4Address.Parse("10.0.0.1")).WithIpProtocol(6)
            .WithTransportSource(80).WithIpTos(0xb8);

        Assert.That(MatchNormalisation.Normalise(match), Is.EqualTo(Match.Any));
    }

    [Test]
    public void Transport_fields_without_a_protocol_go()
    {
        Match match = Match.Any.WithEthType(0x0800).WithTransportSource(80);

        Assert.That(MatchNormalisation.Normalise(match), Is.EqualTo(Match.Any.WithEthType(0x0800)));
    }

    [Test]
    public void A_priority_of_untagged_packets_goes()
    {
        Assert.That(MatchNormalisation.Normalise(Match.Any.WithoutVlanTag().WithVlanPriority(0)),
            Is.EqualTo(Match.Any.WithoutVlanTag()));
        Assert.That(MatchNormalisation.Normalise(Match.Any.WithVlanId(1).WithVlanPriority(5)),
            Is.EqualTo(Match.Any.WithVlanId(1).WithVlanPriority(5)));
    }

    [Test]
    public void Normalising_is_idempotent_and_only_widens([Range(1, 200)] int seed)
    {
        Match match = new MessageGenerator(seed).Match();

        Match normal = MatchNormalisation.Normalise(match);

        Assert.That(MatchNormalisation.Normalise(normal), Is.EqualTo(normal));
        Assert.That(normal.Covers(match), Is.True);
    }
}
