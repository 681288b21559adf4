using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Messages;
using NUnit.Framework;

namespace Lime.Tests.Channel;

/// <remarks>Source: OpenFlow 1.3.5 sections 6.3.1 and 7.5.1.</remarks>
public class VersionChoiceTests
{
    private static readonly OpenFlowVersion[] Both = [OpenFlowVersion.V10, OpenFlowVersion.V13];

    [TestCase(1, 1)]
    [TestCase(2, null)]
    [TestCase(3, null)]
    [TestCase(4, 4)]
    [TestCase(5, 4)]
    [TestCase(6, 4)]
    public void Without_a_bitmap_the_smaller_header_version_holds_if_both_speak_it(int theirs, int? chosen) =>
        Assert.That((int?)HelloVersions.Choose(Both, new HelloMessage((byte)theirs, [])), Is.EqualTo(chosen));

    [TestCase("00010008 00000012", 4)]
    [TestCase("00010008 00000002", 1)]
    [TestCase("00010008 00000060", null)]
    [TestCase("00010008 00000000", null)]
    [TestCase("000100 0c 00000012 00000001 00000000", 4)]
    [TestCase("00070006 abcd0000 00010008 00000002", 1)]
    public void With_a_bitmap_the_highest_common_version_holds(string elements, int? chosen) =>
        Assert.That(
            (int?)HelloVersions.Choose(Both, new HelloMessage(5, [.. Bytes(elements)])), Is.EqualTo(chosen));

    [TestCase("00010004")]
    [TestCase("00010000 00000002")]
    [TestCase("00010006 0000")]
    [TestCase("0001000a 00000002 0000")]
    [TestCase("00010010 00000002")]
    [TestCase("0001")]
    [TestCase("00070002 00000002")]
    public void A_malformed_bitmap_is_as_none(string elements) =>
        Assert.That(
            HelloVersions.Choose(Both, new HelloMessage(4, [.. Bytes(elements)])), Is.EqualTo(OpenFlowVersion.V13));

    [Test]
    public void A_peer_of_other_versions_only_reads_what_we_speak() => Assert.That(
        HelloVersions.Explain(Both, new HelloMessage(6, [.. Bytes("00010008 00000060")])),
        Is.EqualTo(
            "No common version: we speak OpenFlow 1.0 (0x01), 1.3 (0x04); the peer offers 1.4 (0x05), 1.5 (0x06)."));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
