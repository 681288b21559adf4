using System.Collections.Immutable;
using System.Text;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Json;
using Lime.Apps.Sample.NetworkFiles;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: a sound network file is read as written, and of a bad one every fault is named with its
/// place. Method: files given as text, the sample files as they are shipped.</remarks>
internal sealed class NetworkFileTests
{
    private static readonly DatapathId S1 = new(1);

    [Test]
    public void The_figure_3_file_is_the_paper_s_network()
    {
        NetworkDescription network = NetworkFile.Load(SampleFile("figure3.json"));

        Assert.That(network.PhysicalSwitches.Select(each => (each.Name, each.Datapath.Value)), Is.EqualTo(
            new[] { ("s1", 1ul), ("s2", 2ul), ("s3", 3ul), ("s4", 4ul) }));
        Assert.That(network.PhysicalLinks, Does.Contain(Link(1, 2, 3, 1)).And.Contain(Link(3, 2, 2, 1))
            .And.Contain(Link(1, 3, 4, 1)).And.Contain(Link(4, 2, 2, 3)));
        Assert.That(network.PhysicalLinks, Has.Length.EqualTo(4));
        Assert.That(network.VirtualSwitches.Select(each => each.Name), Is.EqualTo("s1 s2 s3".Split(' ')));
        Assert.That(network.VirtualSwitches.Select(each => each.Ports), Has.All.EqualTo(Same(1, 2)));
        Assert.That(network.VirtualLinks, Has.Length.EqualTo(2));
        Assert.That(network.VirtualSwitches.Select(each => each.RealisedBy), Has.None.EqualTo(new DatapathId(4)));
    }

    [Test]
    public void The_single_switch_file_has_a_spare()
    {
        NetworkDescription network = NetworkFile.Load(SampleFile("single.json"));

        VirtualSwitchDescription only = network.VirtualSwitches.Single();
        Assert.That(only.Name, Is.EqualTo("access"));
        Assert.That(only.RealisedBy, Is.EqualTo(S1));
        Assert.That(only.Ports, Is.EqualTo(Same(1, 2)));
        Assert.That(network.PhysicalSwitches, Has.Length.EqualTo(2));
    }

    [Test]
    public void What_tunnels_need_is_read()
    {
        (NetworkDescription? network, ImmutableArray<JsonFault> faults) = Read("""
            {
              "physicalSwitches": [
                { "name": "a", "datapath": "1", "database": {
                    "address": "unix:/run/a.sock", "tunnelAddress": "10.0.0.1",
                    "type": "geneve", "underlay": "eth0" } },
                { "name": "f", "datapath": "2", "carriesTunnels": true } ],
              "physicalLinks": [ { "a": "a:1", "b": "f:1", "mtu": 1600 } ],
              "virtualSwitches": [],
              "tunnelLabels": { "first": 7, "last": 9 }
            }
            """);
        Assert.That(faults, Is.Empty);
        Assert.That(network!.TunnelLabels, Is.EqualTo(new TunnelLabels(7, 9)));
        Assert.That(network.PhysicalLinks[0].Mtu, Is.EqualTo(1600));
        Assert.That(network.PhysicalSwitches.Single(each => each.CarriesTunnels).Name, Is.EqualTo("f"));
        SwitchDatabaseDescription database = network.PhysicalSwitches[0].Database!;
        Assert.That(database, Is.EqualTo(
            new SwitchDatabaseDescription("unix:/run/a.sock", System.Net.IPAddress.Parse("10.0.0.1"))
            {
                Type = Core.Tunnels.TunnelType.Geneve,
                UnderlayInterface = "eth0",
            }));
    }

    [Test]
    public void What_is_wrong_with_tunnels_is_named_with_its_place()
    {
        (_, ImmutableArray<JsonFault> faults) = Read("""
            {
              "physicalSwitches": [
                { "name": "a", "datapath": "1", "carriesTunnels": 1, "database":
                  { "address": "", "tunnelAddress": "here", "type": "ipip" } } ],
              "virtualSwitches": [], "tunnelLabels": { "first": 0 }
            }
            """);
        Assert.That(string.Join(' ', faults.Select(each => each.Path).Order(StringComparer.Ordinal)), Is.EqualTo(
            "$.physicalSwitches[0].carriesTunnels $.physicalSwitches[0].database.address "
            + "$.physicalSwitches[0].database.tunnelAddress $.physicalSwitches[0].database.type "
            + "$.tunnelLabels.first $.tunnelLabels.last"));
    }

    [Test]
    public void The_shared_switch_file_has_two_tenants_on_one_switch()
    {
        NetworkDescription network = NetworkFile.Load(SampleFile("shared.json"));

        Assert.That(network.VirtualSwitches.Select(each => each.RealisedBy).Distinct().Single(), Is.EqualTo(S1));
        Assert.That(network.VirtualSwitches[1].Quota, Is.EqualTo(new VirtualSwitchQuota { RulesMax = 1000 }));
    }

    [TestCase("\"1-3\"", 1, 2, 3)]
    [TestCase("\"2, 5-6\"", 2, 5, 6)]
    [TestCase("[1, 4]", 1, 4)]
    [TestCase("[\"1-2\", 7]", 1, 2, 7)]
    [TestCase("[]")]
    public void Ports_may_be_written_short(string ports, params int[] expected)
    {
        (NetworkDescription? network, _) = Read(OneSwitch(ports));

        Assert.That(network!.VirtualSwitches[0].Ports, Is.EqualTo(Same(expected)));
    }

    [Test]
    public void Virtual_ports_and_datapath_may_differ_from_the_physical_ones()
    {
        (NetworkDescription? network, _) = Read("""
            {"physicalSwitches":[{"name":"p","datapath":"00:00:00:00:00:00:00:01"}],
             "virtualSwitches":[{"name":"v","datapath":"0xa","on":"p","ports":[{"virtual":1,"physical":5}]}]}
            """);

        VirtualSwitchDescription only = network!.VirtualSwitches.Single();
        Assert.That(only.Datapath, Is.EqualTo(new DatapathId(10)));
        Assert.That(only.RealisedBy, Is.EqualTo(S1));
        Assert.That(only.Ports.Single(), Is.EqualTo(new PortMapping(new PortNumber(1), new PortNumber(5))));
    }

    [TestCase("[]", "$", "expected an object")]
    [TestCase("""{"virtualSwitches":[]}""", "$.physicalSwitches", "missing")]
    [TestCase("""{"physicalSwitches":[]}""", "$.virtualSwitches", "missing")]
    [TestCase("""{"physicalSwitches":{},"virtualSwitches":[]}""",
        "$.physicalSwitches", "expected an array, found an")]
    [TestCase("""{"physicalSwitches":[],"virtualSwitches":[],"x y":1}""", "$['x y']", "no such property")]
    [TestCase("""{"physicalSwitches":[],"physicalSwitches":[],"virtualSwitches":[]}""",
        "$.physicalSwitches", "twice")]
    [TestCase("""{"physicalSwitches":[7],"virtualSwitches":[]}""", "$.physicalSwitches[0]", "found 7")]
    [TestCase("""{"physicalSwitches":[{"name":"a"}],"virtualSwitches":[]}""",
        "$.physicalSwitches[0].datapath", "missing")]
    [TestCase("""{"physicalSwitches":[{"name":"a","datapath":1}],"virtualSwitches":[]}""",
        "$.physicalSwitches[0].datapath", "in quotes")]
    [TestCase("""{"physicalSwitches":[{"name":"a","datapath":"xyz"}],"virtualSwitches":[]}""",
        "$.physicalSwitches[0].datapath", "found \"xyz\"")]
    [TestCase("""{"physicalSwitches":[{"name":"a:1","datapath":"1"}],"virtualSwitches":[]}""",
        "$.physicalSwitches[0].name", "expected a name")]
    [TestCase("""{"physicalSwitches":[{"name":"","datapath":"1"}],"virtualSwitches":[]}""",
        "$.physicalSwitches[0].name", "expected a name")]
    public void A_fault_of_form_is_named_with_its_path(string json, string path, string message) =>
        ExpectOneFault(json, path, message);

    [TestCase("\"physicalLinks\":[{\"a\":\"p:1\"}]", "$.physicalLinks[0].b", "missing")]
    [TestCase("\"physicalLinks\":[{\"a\":\"p:1\",\"b\":\"p\"}]", "$.physicalLinks[0].b", "SWITCH:PORT")]
    [TestCase("\"physicalLinks\":[{\"a\":\"p:1\",\"b\":\"p:0\"}]", "$.physicalLinks[0].b", "SWITCH:PORT")]
    [TestCase("\"physicalLinks\":[{\"a\":\"p:1\",\"b\":\"q:1\"}]", "$.physicalLinks[0].b", "named 'q'")]
    [TestCase("\"physicalLinks\":[{\"a\":\"p:1\",\"b\":\"p:1\"}]", "$.physicalLinks[0].b", "has a link already")]
    [TestCase("\"virtualLinks\":[{\"a\":\"v:1\",\"b\":\"w:1\"}]", "$.virtualLinks[0].b", "no virtual port w:1")]
    [TestCase("\"virtualLinks\":[{\"a\":\"v:1\",\"b\":\"v:3\"}]", "$.virtualLinks[0].b", "no virtual port v:3")]
    [TestCase("\"virtualLinks\":[{\"a\":\"v:1\",\"b\":\"v:1\"}]", "$.virtualLinks[0].b", "has a link already")]
    public void A_fault_of_a_link_is_named_with_its_path(string links, string path, string message) =>
        ExpectOneFault(OneSwitch("\"1-2\"")[..^1] + "," + links + "}", path, message);

    [TestCase("1", "$.virtualSwitches[0].ports", "expected ports")]
    [TestCase("\"0-2\"", "$.virtualSwitches[0].ports", "found \"0-2\"")]
    [TestCase("\"3-2\"", "$.virtualSwitches[0].ports", "found \"3-2\"")]
    [TestCase("\"1-65281\"", "$.virtualSwitches[0].ports", "expected")]
    [TestCase("\"1-65280,1-65280\"", "$.virtualSwitches[0].ports", "expected")]
    [TestCase("[1.5]", "$.virtualSwitches[0].ports[0]", "found 1.5")]
    [TestCase("[1,null]", "$.virtualSwitches[0].ports[1]", "found null")]
    [TestCase("[{\"virtual\":1}]", "$.virtualSwitches[0].ports[0].physical", "missing")]
    [TestCase("[{\"virtual\":1,\"physical\":70000}]", "$.virtualSwitches[0].ports[0].physical", "found 70000")]
    [TestCase("[\"1-3\",2]", "$.virtualSwitches[0].ports[1]", "used twice")]
    [TestCase("[\"1-3\",{\"virtual\":4,\"physical\":2}]", "$.virtualSwitches[0].ports[1].physical", "used twice")]
    public void A_fault_of_a_port_is_named_with_its_place_in_the_file(string ports, string path, string message) =>
        ExpectOneFault(OneSwitch(ports), path, message);

    [Test]
    public void Every_fault_is_named_and_one_fault_only_once()
    {
        var (network, faults) = Read("""
            {"physicalSwitches":[{"name":"a","datapath":"zz"},{"name":"b","datapath":"2","colour":"red"}],
             "physicalLinks":[{"a":"a:1","b":"c:1"}],
             "virtualSwitches":[{"name":"v","on":"a","ports":"1-2"},{"on":"b","ports":"x"}]}
            """);

        Assert.That(network, Is.Null);
        Assert.That(faults.Select(each => each.Path), Is.EquivalentTo((string[])
        [
            "$.physicalSwitches[0].datapath", "$.physicalSwitches[1].colour", "$.physicalLinks[0].b",
            "$.virtualSwitches[1].name", "$.virtualSwitches[1].ports",
        ]));
    }

    [Test]
    public void A_network_that_contradicts_itself_is_refused_with_every_contradiction()
    {
        var (_, faults) = Read("""
            {"physicalSwitches":[{"name":"a","datapath":"1"},{"name":"a","datapath":"0x1"}],
             "virtualSwitches":[{"name":"v","on":"a","ports":"1"},{"name":"v","datapath":"7","on":"a","ports":"1"}]}
            """);

        Assert.That(faults.Select(each => each.Path), Is.EquivalentTo((string[])
        [
            "$.physicalSwitches[1].name", "$.physicalSwitches[1].datapath", "$.virtualSwitches[1].name",
            "$.virtualSwitches[1].ports",
        ]));
    }

    [Test]
    public void Virtual_switches_may_share_a_physical_one_each_with_a_quota()
    {
        (NetworkDescription? network, _) = Read("""
            {"physicalSwitches":[{"name":"p","datapath":"1","shared":true}],
             "virtualSwitches":[
              {"name":"v","datapath":"0xa","on":"p","ports":[{"virtual":1,"physical":5}],
               "quota":{"rules":7,"groups":0,"meters":3,"packetInsPerSecond":100,"packetOutsPerSecond":50}},
              {"name":"w","datapath":"0xb","on":"p","ports":"1-2"}]}
            """);

        Assert.That(network!.PhysicalSwitches.Single().IsShared, Is.True);
        Assert.That(network.VirtualSwitches.Select(each => each.RealisedBy), Is.EqualTo(new[] { S1, S1 }));
        Assert.That(network.VirtualSwitches[0].Quota, Is.EqualTo(new VirtualSwitchQuota
        {
            RulesMax = 7, GroupsMax = 0, MetersMax = 3, PacketInsPerSecond = 100, PacketOutsPerSecond = 50,
        }));
        Assert.That(network.VirtualSwitches[1].Quota, Is.EqualTo(VirtualSwitchQuota.None));
    }

    [TestCase("\"quota\":7", "$.virtualSwitches[0].quota", "found 7")]
    [TestCase("\"quota\":{\"rules\":-1}", "$.virtualSwitches[0].quota.rules", "found -1")]
    [TestCase("\"quota\":{\"packetInsPerSecond\":0}", "$.virtualSwitches[0].quota.packetInsPerSecond", "found 0")]
    [TestCase("\"quota\":{\"ports\":1}", "$.virtualSwitches[0].quota.ports", "no such property")]
    public void A_fault_of_a_quota_is_named_with_its_path(string quota, string path, string message) =>
        ExpectOneFault(OneSwitch("\"1-2\"")[..^3] + "," + quota + "}]}", path, message);

    [TestCase("{\n  \"physicalSwitches\": [,]\n}", "line 2, column 24", "not JSON")]
    [TestCase("", "line 1, column 1", "not JSON")]
    [TestCase("{} {}", "line 1, column 4", "not JSON")]
    [TestCase("{\"physicalSwitches\":\"\\ud800\",\"virtualSwitches\":[{\"name\":\"\\ud800\"}]}", "$", "\\u escape")]
    public void What_is_no_json_is_named_with_line_and_column(string text, string place, string message) =>
        ExpectFirstFault(text, place, message);

    [Test]
    public void Bytes_that_are_no_utf_8_are_refused_and_a_byte_order_mark_is_not()
    {
        Assert.That(NetworkFileReader.Read(new byte[] { (byte)'"', 0xff, (byte)'"' }).Faults.Single().Message,
            Does.Contain("UTF-8"));
        byte[] marked = [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(OneSwitch("[1]"))];
        Assert.That(NetworkFileReader.Read(marked).Network, Is.Not.Null);
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.That(() => NetworkFile.Load("no-such-file.json"), Throws.TypeOf<CommandFailedException>()
            .With.Message.EqualTo("no-such-file.json: there is no such file."));
    }

    public static string SampleFile(string name) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Networks", name);

    private static void ExpectOneFault(string json, string path, string message)
    {
        var (network, faults) = Read(json);
        Assert.That(network, Is.Null);
        Assert.That(faults, Has.Length.EqualTo(1), string.Join('\n', faults));
        Assert.That(faults[0].Path, Is.EqualTo(path));
        Assert.That(faults[0].Message, Does.Contain(message));
    }

    private static void ExpectFirstFault(string json, string path, string message)
    {
        ImmutableArray<JsonFault> faults = Read(json).Faults;
        Assert.That(faults, Is.Not.Empty);
        Assert.That(faults[0].Path, Is.EqualTo(path));
        Assert.That(faults[0].Message, Does.Contain(message));
    }

    private static (NetworkDescription? Network, ImmutableArray<JsonFault> Faults) Read(string json) =>
        NetworkFileReader.Read(Encoding.UTF8.GetBytes(json));

    private static string OneSwitch(string ports) =>
        """{"physicalSwitches":[{"name":"p","datapath":"1"}],"virtualSwitches":[{"name":"v","on":"p","ports":"""
        + ports + "}]}";

    private static ImmutableArray<PortMapping> Same(params int[] ports) =>
        [.. ports.Select(port => new PortMapping(new PortNumber((uint)port), new PortNumber((uint)port)))];

    private static PhysicalLink Link(ulong a, uint portA, ulong b, uint portB) =>
        new(new PhysicalPort(new(a), new(portA)), new PhysicalPort(new(b), new(portB)));
}
