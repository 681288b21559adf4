using System.Globalization;
using System.Net;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.RealNetwork.Migrations;

/// <summary>Two sites on Open vSwitch, each with its own database and switch process, and a wide-area link between
/// them.</summary>
/// <remarks>
/// <code>
/// h1 --- 1 s3                s4 1 --- h3
/// h2 --- 2 3 ) wan ==== wan (
/// </code>
/// At each site a second bridge, without a controller, leads to the wide-area link and has the site's address there.
/// Life cycle: ready when constructed; <see cref="Dispose"/> leaves nothing behind.
/// </remarks>
internal sealed class TwoSiteNetwork : IDisposable
{
    /// <summary>A VXLAN tunnel adds 50 bytes to a packet of 1,500.</summary>
    private const int WanMtu = 1600;
    private const string Wan = "wan0";

    private readonly string _name = NetworkNames.Next();
    private readonly ManagementAddresses _addresses = ManagementAddresses.Unused();
    private readonly Stack<IDisposable> _parts = new();

    public TwoSiteNetwork()
    {
        LeftoverSweep.Run();
        try
        {
            Hosts = [.. Enumerable.Range(1, 3).Select(AddHost)];
            West = AddSite("west");
            East = AddSite("east");
            NetworkNamespace.Connect(Hosts[0].Namespace, RealHost.Link, West.Namespace, "s3-1");
            NetworkNamespace.Connect(Hosts[1].Namespace, RealHost.Link, West.Namespace, "s3-2");
            NetworkNamespace.Connect(Hosts[2].Namespace, RealHost.Link, East.Namespace, "s4-1");
            // Where h3 was or will be: nothing is plugged in there.
            NetworkNamespace.Connect(West.Namespace, "s3-3", West.Namespace, "s3-3-end");
            NetworkNamespace.Connect(West.Namespace, Wan, East.Namespace, Wan);
            AddWan(West, 1);
            AddWan(East, 2);
            foreach (RealHost each in Hosts) each.ConfigureLink();
            foreach (RealHost each in Hosts)
            {
                foreach (RealHost other in Hosts.Where(other => other != each)) each.AddNeighbour(other);
            }
            S3 = West.AddBridge(new OvsBridgePlan("s3", 3, ["s3-1", "s3-2", "s3-3"], "OpenFlow13"));
            S4 = East.AddBridge(new OvsBridgePlan("s4", 4, ["s4-1"], "OpenFlow13"));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IPAddress ControllerAddress => _addresses.Controller;

    public IReadOnlyList<RealHost> Hosts { get; }

    public OvsSite West { get; }

    public OvsSite East { get; }

    public OvsBridge S3 { get; }

    public OvsBridge S4 { get; }

    /// <summary>The virtual switch s3 with a port for each host, on the physical one; s4 is a spare.</summary>
    public NetworkDescription Description => new()
    {
        PhysicalSwitches = [Physical("s3", 3, West, 1), Physical("s4", 4, East, 2)],
        VirtualSwitches =
        [
            new("s3", new DatapathId(3), new DatapathId(3),
                [.. Enumerable.Range(1, 3).Select(i => new PortMapping(new((uint)i), new((uint)i)))]),
        ],
    };

    /// <summary>Frames that have come over the wide-area link, at both sites.</summary>
    public long WanFrames => Count(West.Namespace, Wan, "rx") + Count(East.Namespace, Wan, "rx");

    /// <summary>Frames that a host has sent and received.</summary>
    public static long FramesOf(RealHost host) =>
        Count(host.Namespace, RealHost.Link, "tx") + Count(host.Namespace, RealHost.Link, "rx");

    public void Dispose()
    {
        while (_parts.TryPop(out IDisposable? part)) part.Dispose();
    }

    private static long Count(NetworkNamespace at, string link, string direction) => long.Parse(
        at.Run("cat", $"/sys/class/net/{link}/statistics/{direction}_packets"), CultureInfo.InvariantCulture);

    private static PhysicalSwitchDescription Physical(string name, ulong datapath, OvsSite site, int number) =>
        new(name, new DatapathId(datapath))
        {
            Mtu = 1500,
            Database = new SwitchDatabaseDescription(site.Daemons.DatabaseSocket, WanAddress(number))
            {
                UnderlayInterface = Wan,
            },
        };

    private static IPAddress WanAddress(int number) => new([10, 99, 0, (byte)number]);

    /// <summary>Open vSwitch in userspace sends tunnels' packets by the bridge that has the local address.</summary>
    private static void AddWan(OvsSite site, int number)
    {
        site.Namespace.Run("ip", "link", "set", Wan, "mtu", $"{WanMtu}");
        site.Daemons.Configure(
            "add-br", "wan", "--", "set", "bridge", "wan", "datapath_type=netdev", "fail_mode=standalone",
            "--", "add-port", "wan", Wan, "--", "set", "interface", "wan", $"mtu_request={WanMtu}");
        site.Namespace.Run("ip", "addr", "add", $"{WanAddress(number)}/24", "dev", "wan");
        site.Namespace.Run("ip", "link", "set", "wan", "up");
    }

    private RealHost AddHost(int number) => Own(new RealHost(
        $"{_name}-h{number}", new IPAddress([10, 0, 0, (byte)number]), $"02:00:00:00:00:0{number}"));

    private OvsSite AddSite(string site)
    {
        OvsSite added = Own(new OvsSite($"{_name}-{site}"));
        Own(new ManagementLink(
            NetworkNames.RootLink(_name, site), added.Namespace, ControllerAddress, _addresses.NextSite()));
        return added;
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }
}
