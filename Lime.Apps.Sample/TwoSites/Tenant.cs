using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>The addresses and places of the tenant that moves.</summary>
internal static class Tenant
{
    /// <summary>Its virtual switches, in a row: clients', the firewall with the load balancer, first tier, second
    /// tier.</summary>
    public static readonly string[] Switches = ["edge", "gate", "web", "data"];

    /// <summary>Its hosts, each with its switch and the port it is on.</summary>
    public static readonly TenantHost[] Hosts =
    [
        new("client1", "edge", 1, 11), new("client2", "edge", 2, 12),
        new("web1", "web", 1, 21), new("web2", "web", 2, 22),
        new("db1", "data", 1, 31), new("db2", "data", 2, 32),
    ];

    /// <summary>What clients ask: no host has it.</summary>
    public static readonly Ipv4Address ServiceIp = Ipv4Address.Parse("10.0.0.100");

    public static readonly MacAddress ServiceMac = new(0x0200_0000_0064);

    public const ushort ServicePort = 80;

    public const ushort DatabasePort = 5432;

    /// <summary>From where the first tier asks the second.</summary>
    public const ushort WebPort = 6000;

    /// <summary>What the firewall lets nobody reach.</summary>
    public const ushort ForbiddenPort = 22;

    /// <summary>The UDP ports that its hosts listen at, or would.</summary>
    public static readonly ushort[] Ports = [ServicePort, DatabasePort, WebPort, ForbiddenPort];

    /// <summary>The port of a switch that leads to the one before it in the row.</summary>
    public static readonly PortNumber Left = new(10);

    /// <summary>The port of a switch that leads to the one behind it in the row.</summary>
    public static readonly PortNumber Right = new(11);

    public static TenantHost Host(string name) => Hosts.Single(each => each.Name == name);

    /// <summary>The place of a switch in the row.</summary>
    public static int RankOf(string virtualSwitch) => Array.IndexOf(Switches, virtualSwitch);

    /// <summary>The port by which a switch reaches a host.</summary>
    public static PortNumber PortTowards(string virtualSwitch, TenantHost host)
    {
        int way = RankOf(host.Switch) - RankOf(virtualSwitch);
        return way == 0 ? host.Port : way < 0 ? Left : Right;
    }
}
