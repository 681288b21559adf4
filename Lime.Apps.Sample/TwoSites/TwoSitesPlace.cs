using System.Collections.Immutable;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>The switches and cables of both sites, and what is realised where at first.</summary>
/// <remarks>Site a has a1 to a4 for the tenant that moves, and a5 and a6 for the other one; site b the spares b1 to b5.
/// Each is cabled to its site's switch that carries tunnels, fa or fb, by a cable for each tunnel that may end there;
/// the link between the sites joins those two. Ports at site b have other numbers.</remarks>
internal static class TwoSitesPlace
{
    /// <summary>A port's number at site b is so much higher.</summary>
    public const uint FarOffset = 20;

    /// <summary>The first of the ports for tunnels.</summary>
    private const uint Uplink = 41;

    private const int UplinksPerSwitch = 2;
    private const uint Across = 100;

    public static readonly DatapathId NearCarrier = new(0xf1);

    public static readonly DatapathId FarCarrier = new(0xf2);

    /// <summary>The two virtual switches of the other tenant; the second moves to site b before anything is
    /// measured.</summary>
    public static readonly string[] OtherSwitches = ["other1", "other2"];

    public static readonly PortNumber OtherHostPort = new(1);

    public static readonly PortNumber OtherHostPortFar = new(1 + FarOffset);

    public static DatapathId Near(int number) => new(0xa0 + (ulong)number);

    public static DatapathId Far(int number) => new(0xb0 + (ulong)number);

    /// <summary>The description for Lime.</summary>
    public static NetworkDescription Describe() => new()
    {
        PhysicalSwitches =
        [
            .. Enumerable.Range(1, 6).Select(i => new PhysicalSwitchDescription($"a{i}", Near(i))),
            .. Enumerable.Range(1, 5).Select(i => new PhysicalSwitchDescription($"b{i}", Far(i))),
            new PhysicalSwitchDescription("fa", NearCarrier) { CarriesTunnels = true },
            new PhysicalSwitchDescription("fb", FarCarrier) { CarriesTunnels = true },
        ],
        PhysicalLinks =
        [
            .. Enumerable.Range(1, 3).Select(i => Cable((Near(i), 11), (Near(i + 1), 10))),
            .. Enumerable.Range(1, 3).Select(i => Cable((Far(i), 11 + FarOffset), (Far(i + 1), 10 + FarOffset))),
            Cable((Near(5), 11), (Near(6), 10)),
            .. Enumerable.Range(1, 6).SelectMany(i => Uplinks(Near(i), NearCarrier, i)),
            .. Enumerable.Range(1, 5).SelectMany(i => Uplinks(Far(i), FarCarrier, i)),
            Cable((NearCarrier, Across), (FarCarrier, Across)),
        ],
        VirtualSwitches =
        [
            .. Tenant.Switches.Select((name, i) => Virtual(name, i + 1, PortsOf(name))),
            Virtual("other1", 5, [OtherHostPort, Tenant.Right]),
            Virtual("other2", 6, [OtherHostPort, Tenant.Left]),
        ],
        VirtualLinks =
        [
            .. Enumerable.Range(0, 3).Select(i => Link(Tenant.Switches[i], Tenant.Switches[i + 1])),
            Link("other1", "other2"),
        ],
    };

    private static IEnumerable<PortNumber> PortsOf(string name)
    {
        int rank = Tenant.RankOf(name);
        foreach (TenantHost each in Tenant.Hosts.Where(each => each.Switch == name)) yield return each.Port;
        if (rank > 0) yield return Tenant.Left;
        if (rank < Tenant.Switches.Length - 1) yield return Tenant.Right;
    }

    private static VirtualSwitchDescription Virtual(string name, int number, IEnumerable<PortNumber> ports)
    {
        ImmutableArray<PortMapping> mappings = [.. ports.Select(port => new PortMapping(port, port))];
        return new VirtualSwitchDescription(name, Near(number), Near(number), mappings);
    }

    private static VirtualLink Link(string left, string right) =>
        new(new VirtualPort(left, Tenant.Right), new VirtualPort(right, Tenant.Left));

    private static IEnumerable<PhysicalLink> Uplinks(DatapathId node, DatapathId carrier, int number) =>
        Enumerable.Range(0, UplinksPerSwitch).Select(k =>
            Cable((node, Uplink + (uint)k), (carrier, (uint)((number * UplinksPerSwitch) + k))));

    private static PhysicalLink Cable((DatapathId Node, uint Port) a, (DatapathId Node, uint Port) b) =>
        new(new PhysicalPort(a.Node, new PortNumber(a.Port)), new PhysicalPort(b.Node, new PortNumber(b.Port)));
}
