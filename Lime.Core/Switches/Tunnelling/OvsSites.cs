using System.IO.Pipelines;
using Lime.Core.Networks;
using Lime.Core.Ovsdb;
using Lime.Core.Tunnels;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Switches.Tunnelling;

/// <summary>The databases of the switches that are Open vSwitch, and tunnels between those.</summary>
/// <remarks>Life cycle: <see cref="Start"/> once; connections are kept up until its token is cancelled. Threading: the
/// owner loop's.</remarks>
internal sealed class OvsSites(SwitchRegistry registry, NetworkDescription? network)
{
    /// <summary>By this Lime knows its ports again.</summary>
    private const string Owner = "lime";

    private readonly Dictionary<DatapathId, OvsSite> _sites = [];

    public LoopAccess Loop => registry.Loop;

    /// <summary>Connects to each database that is described.</summary>
    public void Start(PipeScheduler scheduler, CancellationToken stop)
    {
        var byAddress = new Dictionary<string, (OvsdbClient Client, OvsTables Tables)>(StringComparer.Ordinal);
        foreach (PhysicalSwitchDescription each in network?.PhysicalSwitches ?? [])
        {
            if (each.Database is not { } database) continue;
            if (!byAddress.TryGetValue(database.Address, out (OvsdbClient Client, OvsTables Tables) known))
            {
                var replica = new OvsdbReplica(OvsColumns.Watch);
                OvsdbLine line = OvsdbLine.By(OvsdbAddress.Parse(database.Address), scheduler, Loop.Time);
                var client = new OvsdbClient(line, [replica], OvsdbOptions.Default, Loop.Logger);
                byAddress[database.Address] = known = (client, new OvsTables(replica));
                _ = client.RunAsync(stop);
            }
            var tunnels = new OvsTunnels(known.Client, known.Tables, new OvsTunnelsOptions(Owner));
            _sites[each.Datapath] = new OvsSite(database, known.Client, known.Tables, tunnels);
        }
    }

    /// <summary>Plans a tunnel.</summary>
    /// <param name="wish">What is to be joined.</param>
    /// <param name="present">The tunnels that there are, or that are planned.</param>
    /// <param name="faults">Gets why there is none.</param>
    /// <returns>Null if there is none.</returns>
    public OvsTunnel? Plan(TunnelWish wish, IReadOnlyCollection<Tunnel> present, List<string> faults)
    {
        if (FindSite(wish.A, faults) is not { } a || FindSite(wish.B, faults) is not { } b) return null;
        if (a.Description.Type != b.Description.Type)
        {
            faults.Add($"{wish.A.Name} has {a.Description.Type} tunnels and {wish.B.Name} {b.Description.Type} ones");
            return null;
        }
        uint key = FreeKey(present.OfType<OvsTunnel>().Select(each => each.Key).ToHashSet());
        var tunnel = new OvsTunnel(Loop, wish, (a, b), key);
        if (tunnel.FindFault() is not { } fault) return tunnel;
        faults.Add(fault);
        return null;
    }

    private OvsSite? FindSite(PhysicalSwitch physical, List<string> faults)
    {
        if (!_sites.TryGetValue(physical.Datapath, out OvsSite? site))
            faults.Add($"nothing is said of a database of {physical.Name}");
        else if (!site.Client.IsReady)
            faults.Add($"the database of {physical.Name} is not connected ({site.Client.LastClose})");
        else
            return site;
        return null;
    }

    private static uint FreeKey(HashSet<uint> used)
    {
        uint key = 1;
        while (used.Contains(key)) key++;
        return key;
    }
}
