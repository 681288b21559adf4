using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Wire.V13;

/// <remarks>Goal: what means the same is one value, and is written in one form.</remarks>
[TestFixture]
public sealed class CodecV13CanonicalTests
{
    [TestCase("80000b04 0800 ffff", "80000a02 0800", TestName = "A mask of ones is none")]
    [TestCase("80000d04 1005 1fff", "80000c02 1005", TestName = "A mask of the field's 13 bits is none")]
    [TestCase("80000d04 1005 ffff", "80000c02 1005", TestName = "A mask over the field's 13 bits is none")]
    [TestCase("80000510 0000000000000005 ffffffffffffffff", "80000408 0000000000000005",
        TestName = "A mask of ones is none for metadata")]
    [TestCase("80000a02 86dd 80003520 (01*16) (ff*16)", "80000a02 86dd 80003410 (01*16)",
        TestName = "A mask of ones is none for an IPv6 address")]
    [TestCase("80000b04 0000 0000", "", TestName = "A mask of zeros is no field")]
    [TestCase("80000a02 86dd 80003520 (00*16) (00*16)", "80000a02 86dd",
        TestName = "A mask of zeros is no field for an IPv6 address")]
    [TestCase("80000a02 0800 80000004 00000001", "80000004 00000001 80000a02 0800", TestName = "Fields go by number")]
    [TestCase("00010004 00000001 80000a02 0800 ffff5508 4f4e4600 0002 0012 80000004 00000001",
        "80000004 00000001 80000a02 0800 00010004 00000001 ffff5508 4f4e4600 0002 0012",
        TestName = "Other classes come last")]
    public void A_match_is_written_in_canonical_form(string fields, string canonical) =>
        AssertBecomes(FlowFrameV13.Of(fields), FlowFrameV13.Of(canonical));

    [TestCase("00000010 00000002 ffe5 (ff*6)", "00000010 00000002 0000 (00*6)",
        TestName = "max_len means nothing but to the controller")]
    [TestCase("00190010 80001001 08 (ff*7)", "00190010 80001001 08 (00*7)", TestName = "Padding is zero")]
    public void An_action_is_written_in_canonical_form(string action, string canonical) =>
        AssertBecomes(FlowFrameV13.Applying(action), FlowFrameV13.Applying(canonical));

    [TestCase("00040008 00000000", "", TestName = "An empty apply-actions is left out")]
    [TestCase("00010008 01ffffff 00060008 00000003", "00060008 00000003 00010008 01000000",
        TestName = "Instructions go in the order of their doing")]
    public void Instructions_are_written_in_canonical_form(string instructions, string canonical) =>
        AssertBecomes(FlowFrameV13.Of("", instructions), FlowFrameV13.Of("", canonical));

    [Test]
    public void A_packet_in_takes_another_port_in_its_place()
    {
        var packetIn = new PacketInCopy(BufferId.None, 0, new PortNumber(7), PacketInReason.Action, [])
        {
            MatchFields = Convert.FromHexString("8000040800000000000000058000000400000001"),
        };

        var read = (PacketInCopy)AnyMessage.V13.Read(AnyMessage.V13.Write(default, packetIn));

        Assert.That(read.InPort, Is.EqualTo(new PortNumber(7)));
        Assert.That(Convert.ToHexStringLower(read.MatchFields), Is.EqualTo("8000040800000000000000058000000400000007"));
    }

    [Test]
    public void A_packet_in_without_fields_gets_its_port()
    {
        var packetIn = new PacketInCopy(BufferId.None, 0, new PortNumber(7), PacketInReason.Action, [])
        {
            MatchFields = Convert.FromHexString("800004080000000000000005"),
        };

        var read = (PacketInCopy)AnyMessage.V13.Read(AnyMessage.V13.Write(default, packetIn));

        Assert.That(read.InPort, Is.EqualTo(new PortNumber(7)));
        Assert.That(Convert.ToHexStringLower(read.MatchFields), Is.EqualTo("8000000400000007800004080000000000000005"));
    }

    [Test]
    public void A_set_field_of_DSCP_is_the_action_that_1_0_has() => Assert.That(
        Lime.OpenFlow.Actions.FlowAction.SetField(OxmField.Of(OxmId.IpDscp, [0x2e])),
        Is.EqualTo(Lime.OpenFlow.Actions.FlowAction.SetIpTos(0xb8)));

    private static void AssertBecomes(string hex, string canonical)
    {
        object read = AnyMessage.V13.Read(new WireVector("", "", hex, "").Bytes);

        byte[] written = AnyMessage.V13.Write(new Xid(1), read);

        Assert.That(Convert.ToHexStringLower(written),
            Is.EqualTo(Convert.ToHexStringLower(new WireVector("", "", canonical, "").Bytes)));
    }
}
