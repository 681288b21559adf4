using Lime.Core.Emulation;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>Builds both sites in the embedded network.</summary>
internal static class TwoSitesBuild
{
    public static readonly TimeSpan CableDelay = TimeSpan.FromMilliseconds(0.1);

    /// <summary>Measured on Open vSwitch: 100,000 flow-mods take 6.3 s.</summary>
    public const int FlowModsPerSecond = 16_000;

    /// <returns>The link between the sites.</returns>
    public static EmulatedLink Build(EmulatedNetwork network, NetworkDescription description, TimeSpan wideAreaDelay)
    {
        var options = new EmulatedSwitchOptions { FlowModsPerSecond = FlowModsPerSecond };
        var nodes = description.PhysicalSwitches.ToDictionary(
            each => each.Datapath, each => network.AddSwitch(each.Name, each.Datapath, options));
        EmulatedLink? between = null;
        foreach (PhysicalLink each in description.PhysicalLinks)
        {
            (EmulatedSwitch a, EmulatedSwitch b) = (nodes[each.A.Datapath], nodes[each.B.Datapath]);
            bool isBetween = a.Datapath == TwoSitesPlace.NearCarrier && b.Datapath == TwoSitesPlace.FarCarrier;
            EmulatedLink link = network.Connect(
                a, each.A.Port, b, each.B.Port, new LinkOptions { Delay = isBetween ? wideAreaDelay : CableDelay });
            if (isBetween) between = link;
        }
        foreach (TenantHost each in Tenant.Hosts) PlugIn(network, each);
        return between ?? throw new InvalidOperationException("No link joins the sites.");
    }

    /// <summary>The other tenant's hosts stay where they are: one at each site.</summary>
    public static void PlugIn(EmulatedNetwork network, OtherTenant other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var link = new LinkOptions { Delay = CableDelay };
        network.Connect(network.Switch("a5"), TwoSitesPlace.OtherHostPort, network.Host("other-client1"), link);
        network.Connect(network.Switch("b5"), TwoSitesPlace.OtherHostPortFar, network.Host("other-web1"), link);
        network.Switch("a6").AddPort(TwoSitesPlace.OtherHostPort);
    }

    private static void PlugIn(EmulatedNetwork network, TenantHost host)
    {
        int number = Tenant.RankOf(host.Switch) + 1;
        network.Connect(
            network.Switch($"a{number}"), host.Port, network.AddHost(host.Name, host.Mac, host.Ip),
            new LinkOptions { Delay = CableDelay });
        network.Switch($"b{number}").AddPort(new PortNumber(host.PortValue + TwoSitesPlace.FarOffset));
    }
}
