using System.Text;
using Lime.Apps.Sample.Commands;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: a person with bytes sees what they are, or where and why they are nothing. Method: the program run in
/// this process.</remarks>
internal sealed class DecodeCommandTests
{
    private const string Hello = "0100000800000001";
    private const string Barrier = "0414000800000002";
    private const string FlowMod = "010e005000000006003820ff"
        + "000000000000000000000000000000000000000000000000000000000000000000000000"
        + "11223344556677880000000000000001" + "ffffffffffff000000000008fffd0080";

    [TestCase(Hello)]
    [TestCase("01 00 00 08 00 00 00 01")]
    [TestCase("01:00:00:08:00:00:00:01")]
    [TestCase("0x01000008 0x00000001")]
    [TestCase("01000008\n00000001\n")]
    public async Task Hexadecimal_digits_are_read_however_they_are_set(string hex)
    {
        CommandRun run = await CommandRun.OfAsync("decode", hex);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success));
        Assert.That(run.Output, Does.StartWith("HELLO (OpenFlow 1.0) (xid=0x00000001)"));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public async Task A_message_that_the_shell_took_apart_is_put_together()
    {
        CommandRun run = await CommandRun.OfAsync("decode", Barrier, "01", "00", "00", "08", "00", "00", "00", "01");

        Assert.That(run.Output, Does.Contain("BARRIER_REQUEST (OpenFlow 1.3)").And.Contain("HELLO (OpenFlow 1.0)"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success));
    }

    [Test]
    public async Task A_rule_is_shown_field_by_field_with_names()
    {
        CommandRun run = await CommandRun.OfAsync("decode", FlowMod);

        string[] expected =
        [
            "  command = ADD", "  match = any", "  cookie = 0x1122334455667788", "  priority = 1",
            "  buffer_id = NO_BUFFER", "  out_port = ANY", "  actions = OUTPUT port=CONTROLLER max_len=128",
        ];
        Assert.That(run.Output.Split('\n'), Is.SupersetOf(expected));
    }

    [TestCase("0409000c0000000100030080", "  means = FRAG_NX_MATCH")]
    [TestCase("0409000c0000000100000080", "  means = FRAG_NORMAL")]
    [TestCase("041c00200000000100000003000000000000000700000001000000140000000f",
        "    packet_in = NO_MATCH ACTION", "    port_status_slave = ADD", "    flow_removed = DELETE bit 4")]
    [TestCase("0115002800000001000100000000000000000007001800000001001000000000012c000000000000",
        "      means = min_rate=30.0%")]
    public async Task What_bits_and_bytes_mean_is_told(string hex, params string[] lines)
    {
        CommandRun run = await CommandRun.OfAsync("decode", hex);

        Assert.That(run.Output.Split('\n'), Is.SupersetOf(lines));
    }

    [Test]
    public async Task A_malformed_message_names_its_place_its_error_and_the_field_and_what_follows_is_decoded()
    {
        CommandRun run = await CommandRun.OfAsync("decode", Hello + "0107000c0000000300000000" + Barrier);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Error, Does.StartWith("argument: offset 8: OpenFlow 1.0 GET_CONFIG_REQUEST xid 0x00000003: "
            + "OFPET_BAD_REQUEST, OFPBRC_BAD_LEN: "));
        Assert.That(run.Output, Does.Contain("HELLO").And.Contain("BARRIER_REQUEST"));
    }

    [TestCase("0500000800000001", "HELLO (OpenFlow 1.4)", "")]
    [TestCase("0505000800000001", "", "OFPET_BAD_REQUEST, OFPBRC_BAD_VERSION: ofp_header.version at byte 0 is 0x05")]
    [TestCase("017f000800000001", "", "OFPET_BAD_REQUEST, OFPBRC_BAD_TYPE")]
    [TestCase("0100000700000001", "", "OFPET_BAD_REQUEST, OFPBRC_BAD_LEN: ofp_header.length at byte 2 is 7")]
    [TestCase("0100000900000001", "", "ofp_header.length at byte 2 is 9, but 8 are left")]
    [TestCase("010000", "", "ofp_header at byte 0 needs 8 bytes, but 3 are left")]
    public async Task A_header_that_is_wrong_is_told_from_one_that_is_strange(string hex, string output, string error)
    {
        CommandRun run = await CommandRun.OfAsync("decode", hex);

        Assert.That(run.Output, Does.StartWith(output));
        Assert.That(run.Error, Does.Contain(error));
        Assert.That(run.ExitCode, Is.EqualTo(error.Length == 0 ? ExitCode.Success : ExitCode.FoundFaults));
    }

    [Test]
    public async Task The_standard_input_may_be_text_or_messages_as_they_are()
    {
        CommandRun text = await CommandRun.WithInputAsync(
            Encoding.ASCII.GetBytes($"# two messages\n{Hello}\n{Barrier} a barrier\n"), "decode");
        CommandRun binary = await CommandRun.WithInputAsync(Convert.FromHexString(Hello + Barrier), "decode", "-");
        CommandRun marked = await CommandRun.WithInputAsync(Encoding.UTF8.GetBytes($"\uFEFF{Hello}\r\n"), "decode");

        Assert.That(text.Output.Split('\n')[0], Does.StartWith("HELLO").And.Contain("stdin, message 1: offset 0"));
        Assert.That(binary.Output.Split('\n')[1], Does.StartWith("BARRIER_REQUEST").And.Contain("stdin: offset 8"));
        Assert.That(marked.Output, Does.StartWith("HELLO"));
    }

    [Test]
    public async Task Files_and_folders_are_gone_through_in_order_and_faults_name_the_file()
    {
        using var folder = new TemporaryFolder();
        string good = folder.Write("a.bin", Convert.FromHexString(Hello + Barrier));
        string bad = folder.Write("b.bin", Convert.FromHexString(Hello + "01000009"));
        string text = folder.Write("c.txt", Encoding.ASCII.GetBytes(Barrier + "\nnonsense\n"));

        CommandRun run = await CommandRun.OfAsync("decode", folder.Path);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Output, Does.Contain($"{good}: offset 8").And.Contain($"{text}: offset 0"));
        Assert.That(run.Error, Does.Contain($"{bad}: offset 8: part of a header"));
        Assert.That(run.Error, Does.Contain($"{text}: line 2: not hexadecimal digits in pairs: nonsense"));
    }

    [TestCase("no-such-file.bin")]
    [TestCase("01000")]
    public async Task What_is_neither_a_file_nor_hexadecimal_ends_with_code_2(string argument)
    {
        CommandRun run = await CommandRun.OfAsync("decode", argument);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.StartWith($"{argument}: neither a file or folder nor hexadecimal"));
    }

    [Test]
    public async Task A_packet_capture_is_told_apart_with_advice()
    {
        byte[] capture = Convert.FromHexString("d4c3b2a1020004000000000000000000");

        CommandRun run = await CommandRun.WithInputAsync(capture, "decode");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Error, Does.Contain("stdin: a packet capture (pcap)").And.Contain("tshark"));
    }

    [TestCase("decode --json --roundtrip 01", "expected one of them at most")]
    [TestCase("decode --out x 01", "--out: expected --encode with it")]
    [TestCase("fuzz --time never", "--time never: expected a whole number of seconds")]
    public async Task Options_that_do_not_go_together_are_refused(string line, string message)
    {
        CommandRun run = await CommandRun.OfAsync(line.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.Contain(message));
    }

    [TestCase("decode --help", "HEX|FILE|FOLDER|-", "--json", "--roundtrip", "not canonical", "Exit code", "Examples:")]
    [TestCase("fuzz --help", "--count", "--time", "--seed", "Exit code", "Examples:")]
    public async Task Help_says_what_the_words_mean(string line, params string[] words)
    {
        CommandRun run = await CommandRun.OfAsync(line.Split(' '));

        foreach (string word in words) Assert.That(run.Output, Does.Contain(word));
    }
}
