using System.Text;
using System.Text.Json;
using Lime.Apps.Sample.NetworkFiles;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Tidy;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the schema that is published says what the reader does. Method: both judge the sample files, and
/// files with one mistake each, and name the same place.</remarks>
internal sealed class NetworkSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(CodeBase.Root, "docs", "network.schema.json"))).RootElement;

    private const string Good = """
        {
          "physicalSwitches": [
            { "name": "p", "datapath": "0x1", "mtu": 1500, "shared": true },
            { "name": "q", "datapath": "0x2",
              "database": { "address": "tcp:10.0.0.2:6640", "tunnelAddress": "10.0.0.2", "type": "gre" } },
            { "name": "r", "datapath": "0x3", "carriesTunnels": true } ],
          "physicalLinks": [ { "a": "q:1", "b": "r:1", "mtu": 9000 } ],
          "tunnelLabels": { "first": 100, "last": 199 },
          "virtualSwitches": [
            { "name": "v", "datapath": "0x11", "on": "p", "ports": [ { "virtual": 1, "physical": 5 } ],
              "quota": { "rules": 10, "packetInsPerSecond": 5 } } ],
          "virtualLinks": []
        }
        """;

    private static IEnumerable<string> Samples => Directory.GetFiles(
        Path.Combine(CodeBase.Root, "Lime.Apps.Sample", "Networks"), "*.json").Select(each => Path.GetFileName(each)!);

    [TestCaseSource(nameof(Samples))]
    public void A_sample_file_is_as_the_schema_says(string file)
    {
        string text = File.ReadAllText(Path.Combine(CodeBase.Root, "Lime.Apps.Sample", "Networks", file));

        Assert.That(BySchema(text), Is.Empty);
        Assert.That(ByReader(text), Is.Empty);
    }

    [TestCase("", "")]
    [TestCase("\"0x1\", \"mtu\"", "\"0x1\", \"mut\"", "$.physicalSwitches[0].mut")]
    [TestCase("\"mtu\": 1500", "\"mtu\": 67", "$.physicalSwitches[0].mtu")]
    [TestCase("\"shared\": true", "\"shared\": 1", "$.physicalSwitches[0].shared")]
    [TestCase("\"name\": \"v\"", "\"name\": \"v w\"", "$.virtualSwitches[0].name")]
    [TestCase("\"name\": \"v\", ", "", "$.virtualSwitches[0].name")]
    [TestCase("\"0x11\"", "\"datapath\"", "$.virtualSwitches[0].datapath")]
    [TestCase("\"0x11\"", "17", "$.virtualSwitches[0].datapath")]
    [TestCase("\"physical\": 5", "\"physical\": 70000", "$.virtualSwitches[0].ports[0].physical")]
    [TestCase("\"physical\": 5", "\"physical\": 1.5", "$.virtualSwitches[0].ports[0].physical")]
    [TestCase("\"rules\": 10", "\"rules\": -1", "$.virtualSwitches[0].quota.rules")]
    [TestCase("\"rules\": 10", "\"rulez\": 10", "$.virtualSwitches[0].quota.rulez")]
    [TestCase("\"packetInsPerSecond\": 5", "\"packetInsPerSecond\": 0",
        "$.virtualSwitches[0].quota.packetInsPerSecond")]
    [TestCase("\"q:1\"", "\"q\"", "$.physicalLinks[0].a")]
    [TestCase("\"mtu\": 9000", "\"mtu\": 9", "$.physicalLinks[0].mtu")]
    [TestCase("\"carriesTunnels\": true", "\"carriesTunnels\": 1", "$.physicalSwitches[2].carriesTunnels")]
    [TestCase("\"type\": \"gre\"", "\"type\": \"ipip\"", "$.physicalSwitches[1].database.type")]
    [TestCase("\"last\": 199", "\"last\": 4095", "$.tunnelLabels.last")]
    [TestCase("\"virtualLinks\": []", "\"virtualLinks\": {}", "$.virtualLinks")]
    public void Schema_and_reader_find_the_same_mistake(string good, string bad, params string[] places)
    {
        string text = good.Length == 0 ? Good : Good.Replace(good, bad, StringComparison.Ordinal);

        Assert.That(BySchema(text), Is.EqualTo(places), "by the schema");
        Assert.That(ByReader(text), Is.EqualTo(places), "by the reader");
    }

    [Test]
    public void A_virtual_network_of_the_operator_api_is_as_the_schema_says()
    {
        const string Text = """
            { "name": "red", "virtualSwitches": [ { "name": "v", "on": "p", "ports": "1-3" } ] }
            """;
        JsonElement part = Schema.GetProperty("$defs").GetProperty("virtualNetwork");

        Assert.That(SchemaCheck.FaultsOf(Schema, part, JsonDocument.Parse(Text).RootElement), Is.Empty);
        Assert.That(
            NetworkFileReader.ReadVirtual(Encoding.UTF8.GetBytes(Text), [("p", new DatapathId(1))]).Faults, Is.Empty);
    }

    private static string[] BySchema(string text) =>
        SchemaCheck.FaultsOf(Schema, Schema, JsonDocument.Parse(text).RootElement);

    private static string[] ByReader(string text) =>
        [.. NetworkFileReader.Read(Encoding.UTF8.GetBytes(text)).Faults.Select(each => each.Path)];
}
