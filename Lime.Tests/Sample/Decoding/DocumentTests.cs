using System.Text;
using System.Text.Json;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Fuzzing;
using NUnit.Framework;

namespace Lime.Tests.Sample.Decoding;

/// <remarks>Goal: JSON that decode prints encodes again; JSON that people write is read or told apart by its path.
/// Method: the program run in this process.</remarks>
internal sealed class DocumentTests
{
    private const string FlowMod = """
        {"version": "1.3", "type": "FLOW_MOD", "command": "ADD", "match": {"in_port": 1}, "actions": []}
        """;

    [Test]
    public async Task What_decode_prints_encodes_to_the_same_bytes()
    {
        string[] frames = [.. SeedCorpus.Load().Select(seed => Convert.ToHexStringLower(seed.Bytes))];

        CommandRun json = await CommandRun.OfAsync(["decode", "--json", .. frames]);
        CommandRun hex = await CommandRun.WithInputAsync(Encoding.UTF8.GetBytes(json.Output), "decode", "--encode");

        Assert.That(json.Output.TrimEnd().Split('\n'), Has.Length.EqualTo(frames.Length), "a document a line");
        Assert.That(hex.Output.TrimEnd().Split('\n'), Is.EqualTo(frames));
    }

    [Test]
    public async Task An_array_and_several_arguments_encode_into_a_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.PathOf("out.bin");

        CommandRun run = await CommandRun.OfAsync("decode", "--encode", "--out", file,
            """
            [{"version": "1.0", "xid": 1, "type": "HELLO"},
             {"version": "1.3", "xid": "0x2", "type": "barrier_request"}]
            """,
            """{"version": "1.0", "type": "ECHO_REQUEST", "data": "01 02", "_why": "no reason"}""");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Error);
        Assert.That(run.Output, Is.Empty);
        Assert.That(Convert.ToHexStringLower(File.ReadAllBytes(file)),
            Is.EqualTo("0100000800000001" + "0414000800000002" + "0102000a000000000102"));
    }

    [TestCase("""{"version": "1.3"}""", "$.type: missing; expected a number, 0 to 32, or one of HELLO, ERROR")]
    [TestCase("""{"version": "1.9", "type": "HELLO"}""", "$.version: expected a number, 0 to 255, or one of 1.0, 1.1")]
    [TestCase("""{"version": "1.3", "type": "HELO"}""", "$.type: expected")]
    [TestCase("""[{"version": "1.3", "type": "HELLO", "data": ""}]""", "$[0].data: no such property; expected")]
    [TestCase("""{"version": "1.3", "type": "ECHO_REPLY", "data": "abc"}""", "$.data: expected bytes as pairs")]
    [TestCase("""{"version": "1.0", "type": "SET_CONFIG", "flags": 0, "miss_send_len": 65536}""",
        "$.miss_send_len: expected a whole number, 0 to 65535, found 65536.")]
    [TestCase("""{"version": "1.0", "type": "HELLO"} {"version": "1.0"}""", "document 2: $.type: missing")]
    [TestCase("""{"version": "1.0", "type": "TABLE_MOD", "table_id": 0, "config": 0}""",
        "$: TableMod cannot be expressed")]
    [TestCase("""{"version": "1.2", "type": "BARRIER_REQUEST"}""", "$: wire version 0x03 isn't known")]
    [TestCase("""{"version": "1.0", "type":""", "document 1: not JSON: ")]
    [TestCase("[1]", "$[0]: expected an object, found 1.")]
    public async Task A_document_that_is_wrong_is_told_apart_by_its_path(string json, string message)
    {
        CommandRun run = await CommandRun.OfAsync("decode", "--encode", json);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Error, Does.StartWith("argument: " + message));
    }

    [TestCase("\"in_port\": \"one\"", "$.match.in_port: expected a number, 0 to 4294967295, or one of IN_PORT")]
    [TestCase("\"dl_src\": \"02:00\"", "$.match.dl_src: expected an Ethernet address")]
    [TestCase("\"nw_src\": \"10.0.0.1/33.0\"", "$.match.nw_src: expected an IPv4 address")]
    [TestCase("\"dl_vlan\": 4096", "$.match.dl_vlan: expected a VLAN id, 0 to 4095")]
    [TestCase("\"nw_tos\": 255", "$.match.nw_tos: expected")]
    [TestCase("\"dl_sorce\": 1", "$.match.dl_sorce: no match field has this name.")]
    [TestCase("\"tunnel_id\": \"seven\"", "$.match.tunnel_id: expected the field's value")]
    [TestCase("\"oxm\": [\"80005204\"]", "$.match.oxm[0]: expected a whole field")]
    [TestCase("\"oxm\": [\"80000408\", 1]", "$.match.oxm[0]: expected a whole field")]
    public async Task A_match_field_that_is_wrong_is_told_apart(string field, string message)
    {
        string json = FlowMod.Replace("\"in_port\": 1", field, StringComparison.Ordinal);

        CommandRun run = await CommandRun.OfAsync("decode", "--encode", json);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Error, Does.StartWith("argument: " + message));
    }

    [TestCase("{\"type\": \"OUTPUT\"}", "$.actions[0].port: missing")]
    [TestCase("{\"type\": \"FLY\"}", "$.actions[0].type: expected")]
    [TestCase("""{"type": "SET_FIELD", "field": {"tcp_dst": "0x0050/0xffff"}}""",
        "$.actions[0].field: expected a field without a mask")]
    [TestCase("""{"type": "SET_FIELD", "field": {"eth_src": "0x00"}}""",
        "$.actions[0].field: expected a field without a mask")]
    [TestCase("""{"type": "SET_FIELD", "field": {}}""", "$.actions[0].field: expected an object with one field")]
    public async Task An_action_that_is_wrong_is_told_apart(string action, string message)
    {
        string json = FlowMod.Replace("[]", $"[{action}]", StringComparison.Ordinal);

        CommandRun run = await CommandRun.OfAsync("decode", "--encode", json);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.FoundFaults));
        Assert.That(run.Error, Does.Contain("argument: " + message));
    }

    [Test]
    public async Task A_failure_is_a_document_too()
    {
        CommandRun run = await CommandRun.OfAsync("decode", "--json", "0107000c0000000300000000");

        JsonElement error = JsonDocument.Parse(run.Output).RootElement.GetProperty("error");
        Assert.That(error.GetProperty("offset").GetInt32(), Is.Zero);
        Assert.That(error.GetProperty("code").GetString(), Is.EqualTo("OFPBRC_BAD_LEN"));
        Assert.That(error.GetProperty("frame").GetString(), Is.EqualTo("0107000c0000000300000000"));
    }

    [Test]
    public async Task A_bundled_message_may_be_written_as_a_document()
    {
        CommandRun run = await CommandRun.OfAsync("decode", "--encode",
            """{"version": "1.3", "type": "BUNDLE_ADD_MESSAGE", "bundle_id": 1, "flags": [], "message": """
            + FlowMod + "}");

        CommandRun back = await CommandRun.OfAsync("decode", "--json", run.Output.Trim());
        JsonElement inner = JsonDocument.Parse(back.Output).RootElement.GetProperty("_message");
        Assert.That(inner.GetProperty("type").GetString(), Is.EqualTo("FLOW_MOD"));
        Assert.That(inner.GetProperty("match").GetProperty("in_port").GetInt32(), Is.EqualTo(1));
    }
}
