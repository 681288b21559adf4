using Lime.Apps.Sample.Decoding.Input;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: what the tools around OpenFlow print can be pasted. Method: each tool's form of the same
/// bytes.</remarks>
internal sealed class HexTextTests
{
    private const string Hex = "0102001c00000001" + "0001020304050607" + "48656c6c6f2c2077" + "6f726c64";

    [TestCase("hexdump -C", """
        00000000  01 02 00 1c 00 00 00 01  00 01 02 03 04 05 06 07  |................|
        00000010  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64              |Hello, world|
        0000001c
        """)]
    [TestCase("xxd", """
        00000000: 0102 001c 0000 0001 0001 0203 0405 0607  ................
        00000010: 4865 6c6c 6f2c 2077 6f72 6c64            Hello, world
        """)]
    [TestCase("tcpdump -x", """
            0x0000:  0102 001c 0000 0001 0001 0203 0405 0607
            0x0010:  4865 6c6c 6f2c 2077 6f72 6c64
        """)]
    [TestCase("ovs-ofctl", """
        OFPT_ECHO_REQUEST (xid=0x1): 20 bytes of payload
        00000000  01 02 00 1c 00 00 00 01-00 01 02 03 04 05 06 07 |................|
        00000010  48 65 6c 6c 6f 2c 20 77-6f 72 6c 64             |Hello, world    |
        """)]
    [TestCase("xxd -p", "0102001c0000000100010203040506\n0748656c6c6f2c20776f726c64\n")]
    [TestCase("a name behind it", Hex + " an echo request")]
    [TestCase("a comment", "# what it was\n" + Hex + " # Hello")]
    public void The_form_of(string tool, string text)
    {
        (IEnumerable<byte[]> runs, IEnumerable<string> faults) = HexText.Read(text);

        Assert.That(runs.Select(Convert.ToHexStringLower), Is.EqualTo(new[] { Hex }), tool);
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Dumps_that_start_again_are_messages_of_their_own()
    {
        (IEnumerable<byte[]> runs, _) = HexText.Read("0000  01 00 00 08 00 00\n0000  01 05 00 08 00 00 00 02\n");

        Assert.That(runs.Select(Convert.ToHexStringLower), Is.EqualTo(Lines("010000080000", "0105000800000002")));
    }

    [Test]
    public void A_line_that_is_a_whole_message_is_not_joined_to_one_that_is_cut()
    {
        (IEnumerable<byte[]> runs, _) = HexText.Read("0100001000000001\n0105000800000002\n");

        Assert.That(runs.Select(Convert.ToHexStringLower), Is.EqualTo(Lines("0100001000000001", "0105000800000002")));
    }

    [TestCase("0100 0008 0000 000x")]
    [TestCase("0100 0008 0000 000")]
    public void A_line_that_is_something_else_is_named(string text)
    {
        (_, IEnumerable<string> faults) = HexText.Read("\n" + text);

        Assert.That(faults, Is.EqualTo(new[] { $"line 2: not hexadecimal digits in pairs: {text}" }));
    }

    private static string[] Lines(params string[] lines) => lines;
}
