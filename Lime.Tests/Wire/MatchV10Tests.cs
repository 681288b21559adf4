using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: wildcards and masks mean the same, in the forms that switches send and not only in our
/// own.</remarks>
[TestFixture]
public sealed class MatchV10Tests
{
    [TestCase("003fffff", TestName = "All bits set")]
    [TestCase("003820ff", TestName = "Address counts of 32")]
    [TestCase("ffffffff", TestName = "Undefined bits set too")]
    public void A_match_without_fields_is_any(string wildcards) =>
        Assert.That(Read($"{wildcards} (ff*36)"), Is.EqualTo(Match.Any));

    [Test]
    public void A_match_without_wildcards_is_exact()
    {
        Assert.That(Read(FlowVectorsV10.ExactMatchHex).IsExact, Is.True);
        Assert.That(Read("00000000 (00*36)").IsExact, Is.True);
    }

    [Test]
    public void An_address_is_matched_by_its_prefix([Range(0, 40)] int leftOutBits)
    {
        uint wildcards = 0x3000ff | ((uint)leftOutBits << 8) | (32u << 14);
        int prefixBits = Math.Max(0, 32 - leftOutBits);

        Match match = Read($"{wildcards:x8} (00*24) 0aff0102 (00*8)");

        Assert.That(match, Is.EqualTo(Match.Any.WithIpv4Source(new(0x0aff0102), prefixBits)));
    }

    [TestCase("ffff", 0)]
    [TestCase("0000", 0x1000)]
    [TestCase("0fff", 0x1fff)]
    [TestCase("f00a", 0x100a)]
    public void A_VLAN_id_tells_tagged_from_untagged(string wire, int expected)
    {
        Match match = Read($"003820fd (00*14) {wire} (00*20)");

        Assert.That(match.Mask, Is.EqualTo(FieldMasks.VlanId));
        Assert.That(match.Values.VlanId, Is.EqualTo(expected));
    }

    [Test]
    public void Bits_that_1_0_does_not_match_are_dropped()
    {
        Match match = Read("000820ff (00*16) ff 00 0000 ff (00*15)");

        Assert.That(match, Is.EqualTo(Match.Any.WithVlanPriority(7).WithIpTos(0xfc)));
    }

    private static Match Read(string matchHex)
    {
        string flowMod = $"010e0048 00000001 {matchHex} (00*8) 00000000 00000000 ffffffff ffff0000";
        return ((FlowMod)AnyMessage.V10.Read(new WireVector("", "", flowMod, "").Bytes)).Match;
    }
}
