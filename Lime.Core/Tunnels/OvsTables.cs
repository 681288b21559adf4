using System.Collections.Immutable;
using Lime.Core.Ovsdb;
using Lime.OpenFlow.Identifiers;

namespace Lime.Core.Tunnels;

/// <summary>Reads what is known of a switch's database.</summary>
/// <remarks>Threading: the owner loop only.</remarks>
internal sealed class OvsTables(OvsdbReplica replica)
{
    /// <summary>Up to which change of the configuration the switch process has come.</summary>
    public long TakenConfiguration => replica.Rows(OvsColumns.Root).Values
        .Select(row => row[OvsColumns.CurrentConfiguration].AsInteger() ?? 0).FirstOrDefault();

    /// <inheritdoc cref="OvsdbReplica.Version"/>
    public long Version => replica.Version;

    public IEnumerable<OvsBridge> Bridges =>
        replica.Rows(OvsColumns.Bridge).Select(each => ReadBridge(each.Key, each.Value));

    public IEnumerable<OvsInterface> Interfaces => replica.Rows(OvsColumns.Interface).Values.Select(OvsInterface.Read);

    /// <summary>Every end of a tunnel that some controller has made.</summary>
    public IEnumerable<TunnelPort> Tunnels =>
        from bridge in replica.Rows(OvsColumns.Bridge)
        from port in bridge.Value[OvsColumns.Ports].Atoms
        let found = ReadTunnel(ReadBridge(bridge.Key, bridge.Value), port.Id)
        where found is not null
        select found;

    public OvsBridge? FindBridge(DatapathId datapath) => Bridges.FirstOrDefault(each => each.Datapath == datapath);

    public OvsInterface? FindInterface(string name) => Interfaces.FirstOrDefault(each => each.Name == name);

    /// <summary>An end that is there; by its name, since a bridge that the switch process has not made has no datapath
    /// id.</summary>
    public TunnelPort? FindTunnel(TunnelPlace place)
    {
        string name = place.PortName();
        return Tunnels.FirstOrDefault(each =>
            each.Owner == place.Owner && each.Tunnel == place.Tunnel && each.Interface.Name == name);
    }

    private static OvsBridge ReadBridge(Guid id, OvsdbRow row)
    {
        bool isKnown = DatapathId.TryParse(row[OvsColumns.DatapathId].AsText(), out DatapathId datapath);
        return new OvsBridge(id, row[OvsColumns.Name].AsText() ?? "", isKnown ? datapath : null);
    }

    private TunnelPort? ReadTunnel(OvsBridge bridge, Guid portId)
    {
        if (replica.Find(OvsColumns.Port, portId) is not { } port || TunnelMark.Read(port) is not { } mark) return null;
        ImmutableArray<OvsdbAtom> interfaces = [.. port[OvsColumns.Interfaces].Atoms];
        if (interfaces.IsEmpty || replica.Find(OvsColumns.Interface, interfaces[0].Id) is not { } row) return null;
        return new TunnelPort(bridge, portId, interfaces[0].Id, mark.Owner, mark.Tunnel, OvsInterface.Read(row));
    }
}
