using System.Globalization;
using System.Net;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Tests.RealNetwork.Tenants;

/// <summary>Two sites on Open vSwitch, each with its own database and switch process, 10 ms apart: a tenant's three
/// switches at the one, as many spares at the other, and four hosts with a cable to each.</summary>
/// <remarks>
/// <code>
/// h1 --- 1     3                 Likewise b1, b2, b3 at the other site. No cable leads from one site to the other
/// h2 --- 2 a1 ---+               but the wide-area link, which no switch of the tenant's is at.
///          2     |
/// h3 --- 1 a2 ---+               The numbers are OpenFlow port numbers, real and virtual.
///          3     2
/// h4 --- 1 a3 ---+
/// </code>
/// Life cycle: ready when <see cref="StartAsync"/> returns; <see cref="Dispose"/> leaves nothing behind.
/// </remarks>
internal sealed class TenantSites : IDisposable
{
    public const int SwitchCount = 3;

    /// <summary>A VXLAN tunnel adds 50 bytes to a packet of 1,500.</summary>
    private const int WanMtu = 1600;

    private const ulong FirstWest = 0x11;

    private const ulong FirstEast = 0x21;

    private static readonly TimeSpan WanDelay = TimeSpan.FromMilliseconds(10);

    private readonly string _name = NetworkNames.Next();
    private readonly ManagementAddresses _addresses = ManagementAddresses.Unused();
    private readonly Stack<IDisposable> _parts = new();

    private TenantSites()
    {
        Hosts = [.. Enumerable.Range(1, 4).Select(number => Own(new TenantHost($"{_name}-h{number}", number)))];
        OvsSite[] sites = SideBySide.Run(["west", "east"], AddSite);
        (West, East) = (sites[0], sites[1]);
        Cable(West, 'a', TenantHost.West);
        Cable(East, 'b', TenantHost.East);
        foreach (TenantHost each in Hosts)
        {
            each.Configure();
            foreach (TenantHost other in Hosts.Where(other => other != each)) each.Host.AddNeighbour(other.Host);
        }
    }

    public IPAddress ControllerAddress => _addresses.Controller;

    public IReadOnlyList<TenantHost> Hosts { get; }

    public OvsSite West { get; }

    public OvsSite East { get; }

    /// <summary>The switches that the tenant is on at first, then the spares.</summary>
    public IReadOnlyList<OvsBridge> Bridges { get; private set; } = [];

    public WanLink? Wan { get; private set; }

    /// <summary>v1, v2 and v3, each on the switch of its number at the first site.</summary>
    public NetworkDescription Description => new()
    {
        PhysicalSwitches =
        [
            .. Numbers.Select(i => Physical($"a{i}", FirstWest + i - 1, West, 1)),
            .. Numbers.Select(i => Physical($"b{i}", FirstEast + i - 1, East, 2)),
        ],
        PhysicalLinks = [.. LinksFrom(FirstWest), .. LinksFrom(FirstEast)],
        VirtualSwitches =
        [
            .. Numbers.Select(i => new VirtualSwitchDescription(
                $"v{i}", new DatapathId(FirstWest + i - 1), new DatapathId(FirstWest + i - 1),
                [.. Enumerable.Range(1, PortCount((int)i))
                    .Select(port => new PortMapping(new((uint)port), new((uint)port)))])),
        ],
        VirtualLinks =
        [
            new VirtualLink(new VirtualPort("v1", new(3)), new VirtualPort("v2", new(2))),
            new VirtualLink(new VirtualPort("v2", new(3)), new VirtualPort("v3", new(2))),
        ],
    };

    public static async Task<TenantSites> StartAsync()
    {
        LeftoverSweep.Run();
        var sites = new TenantSites();
        try
        {
            sites.Wan = sites.Own(await WanLink.StartAsync(sites.West.Namespace, sites.East.Namespace, WanDelay));
            sites.AddBridges();
            return sites;
        }
        catch
        {
            sites.Dispose();
            throw;
        }
    }

    public static bool IsEast(DatapathId datapath) => datapath.Value >= FirstEast;

    /// <summary>Where a virtual switch's host is, and the port: of h1 to h4 in order.</summary>
    public static (string Switch, uint Port) PlaceOf(int host) => host switch
    {
        1 => ("v1", 1),
        2 => ("v1", 2),
        3 => ("v2", 1),
        _ => ("v3", 1),
    };

    /// <summary>By which port of a virtual switch each of the four hosts is reached.</summary>
    public static uint[] PortsToHosts(string name) => name switch
    {
        "v1" => [1, 2, 3, 3],
        "v2" => [2, 2, 1, 3],
        _ => [2, 2, 2, 1],
    };

    /// <summary>The spare of a virtual switch.</summary>
    public static DatapathId TargetOf(int number) => new(FirstEast + (ulong)number - 1);

    /// <summary>Frames that each host has sent so far.</summary>
    public long[] ReadSentCounts() => [.. Hosts.Select(each => each.ReadSentCount())];

    /// <summary>The ports of one site's switches, without those of the wide-area link.</summary>
    public static string PortsOf(OvsSite site, char prefix) => string.Join(' ', Numbers
        .SelectMany(i => site.Daemons.Configure("list-ports", $"{prefix}{i}")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The ports that the switches have without tunnels, as <see cref="PortsOf"/>.</summary>
    public static string PlainPorts(char prefix) => string.Join(' ', Numbers
        .SelectMany(i => Enumerable.Range(1, PortCount((int)i)).Select(port => $"{prefix}{i}-{port}")));

    public void Dispose()
    {
        while (_parts.TryPop(out IDisposable? part)) part.Dispose();
    }

    private static IEnumerable<uint> Numbers => [1, 2, 3];

    private static int PortCount(int number) => number == SwitchCount ? 2 : 3;

    private static IEnumerable<PhysicalLink> LinksFrom(ulong first) =>
    [
        new PhysicalLink(At(first, 3), At(first + 1, 2)),
        new PhysicalLink(At(first + 1, 3), At(first + 2, 2)),
    ];

    private static PhysicalPort At(ulong datapath, uint port) => new(new DatapathId(datapath), new PortNumber(port));

    private static PhysicalSwitchDescription Physical(string name, ulong datapath, OvsSite site, int number) =>
        new(name, new DatapathId(datapath))
        {
            Mtu = 1500,
            Database = new SwitchDatabaseDescription(site.Daemons.DatabaseSocket, WanAddress(number))
            {
                UnderlayInterface = WanLink.Name,
            },
        };

    private static IPAddress WanAddress(int number) => new([10, 99, 0, (byte)number]);

    /// <summary>Open vSwitch in userspace sends tunnels' packets by the bridge that has the local address.</summary>
    private static void AddWan(OvsSite site, int number)
    {
        site.Namespace.RunAll($"ip link set {WanLink.Name} mtu {WanMtu} up");
        site.Daemons.Configure(
            "add-br", "wan", "--", "set", "bridge", "wan", "datapath_type=netdev", "fail_mode=standalone",
            "--", "add-port", "wan", WanLink.Name,
            "--", "set", "interface", "wan", $"mtu_request={WanMtu}");
        site.Namespace.RunAll($"ip addr add {WanAddress(number)}/24 dev wan", "ip link set wan up");
    }

    private void Cable(OvsSite site, char prefix, string hostEnd)
    {
        foreach (TenantHost each in Hosts)
        {
            (string name, uint port) = PlaceOf(each.Number);
            NetworkNamespace.Connect(each.Host.Namespace, hostEnd, site.Namespace, $"{prefix}{name[1]}-{port}");
        }
        NetworkNamespace.Connect(site.Namespace, $"{prefix}1-3", site.Namespace, $"{prefix}2-2");
        NetworkNamespace.Connect(site.Namespace, $"{prefix}2-3", site.Namespace, $"{prefix}3-2");
    }

    private void AddBridges()
    {
        using ReceiveBuffers buffers = new();
        AddWan(West, 1);
        AddWan(East, 2);
        Bridges =
        [
            .. Numbers.Select(i => AddBridge(West, $"a{i}", FirstWest + i - 1, (int)i)),
            .. Numbers.Select(i => AddBridge(East, $"b{i}", FirstEast + i - 1, (int)i)),
        ];
    }

    private static OvsBridge AddBridge(OvsSite site, string name, ulong datapath, int number) =>
        site.AddBridge(new OvsBridgePlan(
            name, datapath,
            [.. Enumerable.Range(1, PortCount(number))
                .Select(port => string.Create(CultureInfo.InvariantCulture, $"{name}-{port}"))],
            "OpenFlow13"));

    private OvsSite AddSite(string site)
    {
        OvsSite added = Own(new OvsSite($"{_name}-{site}"));
        IPAddress address;
        lock (_parts) address = _addresses.NextSite();
        Own(new ManagementLink(NetworkNames.RootLink(_name, site), added.Namespace, ControllerAddress, address));
        return added;
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        lock (_parts) _parts.Push(part);
        return part;
    }
}
