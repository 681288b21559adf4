using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Networks;

/// <summary>Finds ways through the switches that carry tunnels.</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed class Fabric
{
    private readonly HashSet<DatapathId> _carriers;
    private readonly List<(PhysicalPort Near, PhysicalPort Far, PhysicalLink Link)> _cables = [];

    public Fabric(NetworkDescription? network)
    {
        _carriers =
        [
            .. (network?.PhysicalSwitches ?? []).Where(each => each.CarriesTunnels).Select(each => each.Datapath),
        ];
        foreach (PhysicalLink link in network?.PhysicalLinks ?? [])
        {
            _cables.Add((link.A, link.B, link));
            _cables.Add((link.B, link.A, link));
        }
    }

    /// <summary>Whether a switch carries tunnels.</summary>
    public bool IsCarrier(DatapathId datapath) => _carriers.Contains(datapath);

    /// <summary>The way with the fewest cables from <paramref name="a"/> to <paramref name="b"/>; of several the one
    /// that
    /// the description names first, so that the same network always gives the same.</summary>
    /// <param name="a">Where it begins.</param>
    /// <param name="b">Where it ends.</param>
    /// <param name="isFree">Whether the way may begin or end at a port.</param>
    /// <param name="isUsable">Whether it may lead over a cable.</param>
    /// <returns>Null if there is none.</returns>
    public FabricPath? Find(
        DatapathId a, DatapathId b, Func<PhysicalPort, bool> isFree, Func<PhysicalLink, bool> isUsable)
    {
        var reached = new HashSet<DatapathId>();
        var open = new Queue<ImmutableList<(PhysicalPort Near, PhysicalPort Far, PhysicalLink Link)>>();
        open.Enqueue([]);
        while (open.TryDequeue(out var way))
        {
            DatapathId at = way.IsEmpty ? a : way[^1].Far.Datapath;
            foreach (var cable in _cables)
            {
                bool isOnWay = cable.Near.Datapath == at && isUsable(cable.Link)
                    && (!way.IsEmpty || isFree(cable.Near));
                if (!isOnWay) continue;
                if (cable.Far.Datapath == b && isFree(cable.Far)) return PathOf(way.Add(cable));
                if (IsCarrier(cable.Far.Datapath) && reached.Add(cable.Far.Datapath)) open.Enqueue(way.Add(cable));
            }
        }
        return null;
    }

    private static FabricPath PathOf(ImmutableList<(PhysicalPort Near, PhysicalPort Far, PhysicalLink Link)> way)
    {
        var hops = ImmutableArray.CreateBuilder<FabricHop>();
        for (int i = 1; i < way.Count; i++)
            hops.Add(new FabricHop(way[i].Near.Datapath, way[i - 1].Far.Port, way[i].Near.Port));
        return new FabricPath(way[0].Near, way[^1].Far, hops.ToImmutable(), [.. way.Select(each => each.Link)]);
    }
}
