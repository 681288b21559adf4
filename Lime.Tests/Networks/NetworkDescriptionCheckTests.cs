using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Migration;
using NUnit.Framework;

namespace Lime.Tests.Networks;

/// <summary>Figure 3's description with one thing wrong in it.</summary>
public sealed class NetworkDescriptionCheckTests
{
    private static readonly NetworkDescription Sound = FigureThreeBed.Description;

    [Test]
    public void A_sound_network_has_no_fault()
    {
        Assert.That(NetworkDescriptionCheck.FindFaults(WithSwitch("s9", 9, 3, (1, 3), (2, 4))), Is.Empty, "shared");
        Assert.That(NetworkDescriptionCheck.FindFaults(Sound), Is.Empty);
        Assert.That(NetworkDescriptionCheck.FindFaults(new NetworkDescription()), Is.Empty);
    }

    public static IEnumerable<TestCaseData> Faults()
    {
        yield return Case("$.physicalSwitches[4].name", "'s1' is used twice", Sound with
        {
            PhysicalSwitches = [.. Sound.PhysicalSwitches, new("s1", new DatapathId(9))],
        });
        yield return Case("$.physicalSwitches[4].datapath", "is used twice", Sound with
        {
            PhysicalSwitches = [.. Sound.PhysicalSwitches, new("s9", new DatapathId(1))],
        });
        yield return Case("$.physicalLinks[4].b", "no physical switch has the datapath id", WithCable(1, 9, 9, 1));
        yield return Case("$.physicalLinks[4].a", "is not a port number", WithCable(1, 0xffffffff, 2, 9));
        yield return Case("$.physicalLinks[4].a", "has a link already", WithCable(1, 3, 2, 9));
        yield return Case("$.physicalLinks[4].b", "has a link already", WithCable(1, 9, 1, 9));
        yield return Case("$.virtualSwitches[3].name", "'s3' is used twice", WithSwitch("s3", 9, 4));
        yield return Case("$.virtualSwitches[3].datapath", "is used twice", WithSwitch("s9", 3, 4));
        yield return Case("$.virtualSwitches[3].on", "no physical switch has", WithSwitch("s9", 9, 9));
        yield return Case("$.virtualSwitches[3].ports[1].physical", "belongs to the virtual switch 's3' already",
            WithSwitch("s9", 9, 3, (1, 3), (2, 2)));
        yield return Case("$.virtualSwitches[3].quota.packetInsPerSecond", "0; expected 1 to", WithQuota(
            new VirtualSwitchQuota { RulesMax = 0, PacketInsPerSecond = 0 }));
        yield return Case("$.virtualSwitches[3].ports[1].virtual", "is used twice",
            WithSwitch("s9", 9, 4, (1, 1), (1, 2)));
        yield return Case("$.virtualSwitches[3].ports[1].physical", "is used twice",
            WithSwitch("s9", 9, 4, (1, 1), (2, 1)));
        yield return Case("$.virtualSwitches[3].ports[0].virtual", "is not a port number",
            WithSwitch("s9", 9, 4, (0, 1)));
        yield return Case("$.virtualLinks[2].b", "no virtual port s2:9",
            WithLink(new("s1", new(1)), new("s2", new(9))));
        yield return Case("$.virtualLinks[2].a", "has a link already",
            WithLink(new("s1", new(2)), new("s2", new(2))));
        yield return Case("$.tunnelLabels", "expected two numbers in order", Sound with
        {
            TunnelLabels = new TunnelLabels(9, 8),
        });
        yield return Case("$.physicalLinks[0].mtu", "expected 68 to 65,535", Sound with
        {
            PhysicalLinks = Sound.PhysicalLinks.SetItem(0, Sound.PhysicalLinks[0] with { Mtu = 67 }),
        });
        yield return Case("$.virtualSwitches[0].on", "carries tunnels and realises no", Sound with
        {
            PhysicalSwitches =
                Sound.PhysicalSwitches.SetItem(0, Sound.PhysicalSwitches[0] with { CarriesTunnels = true }),
        });
        yield return Case(
            "$.physicalSwitches[3].database.address", "expected tcp:HOST", WithDatabase("eth0", "10.0.0.1"));
        yield return Case(
            "$.physicalSwitches[3].database.tunnelAddress", "not one host's", WithDatabase("tcp:a:1", "224.0.0.1"));
    }

    [TestCaseSource(nameof(Faults))]
    public void A_fault_is_found_and_says_where(string path, string message, NetworkDescription network)
    {
        NetworkFault fault = NetworkDescriptionCheck.FindFaults(network).Single();
        Assert.That(fault.Path, Is.EqualTo(path));
        Assert.That(fault.Message, Does.Contain(message));
        Assert.That(fault.ToString(), Is.EqualTo($"{path}: {fault.Message}"));
    }

    [Test]
    public void Several_faults_are_all_found()
    {
        NetworkDescription network = WithSwitch("s3", 3, 3, (1, 1), (1, 1));
        Assert.That(NetworkDescriptionCheck.FindFaults(network), Has.Length.EqualTo(5));
    }

    private static TestCaseData Case(string path, string message, NetworkDescription network) =>
        new TestCaseData(path, message, network).SetArgDisplayNames(path, message);

    private static NetworkDescription WithDatabase(string address, string tunnelAddress) => Sound with
    {
        PhysicalSwitches = Sound.PhysicalSwitches.SetItem(3, Sound.PhysicalSwitches[3] with
        {
            Database = new SwitchDatabaseDescription(address, System.Net.IPAddress.Parse(tunnelAddress)),
        }),
    };

    private static NetworkDescription WithCable(uint a, uint portA, uint b, uint portB) => Sound with
    {
        PhysicalLinks =
        [
            .. Sound.PhysicalLinks,
            new(new(new DatapathId(a), new PortNumber(portA)), new(new DatapathId(b), new PortNumber(portB))),
        ],
    };

    private static NetworkDescription WithLink(VirtualPort a, VirtualPort b) =>
        Sound with { VirtualLinks = [.. Sound.VirtualLinks, new(a, b)] };

    private static NetworkDescription WithQuota(VirtualSwitchQuota quota)
    {
        NetworkDescription network = WithSwitch("s9", 9, 3, (1, 3));
        return network with
        {
            VirtualSwitches = network.VirtualSwitches.SetItem(3, network.VirtualSwitches[3] with { Quota = quota }),
        };
    }

    private static NetworkDescription WithSwitch(
        string name, uint datapath, uint on, params (uint Virtual, uint Physical)[] ports) => Sound with
    {
        VirtualSwitches =
        [
            .. Sound.VirtualSwitches,
            new(name, new DatapathId(datapath), new DatapathId(on),
                [.. ports.Select(each => new PortMapping(new(each.Virtual), new(each.Physical)))]),
        ],
    };
}
