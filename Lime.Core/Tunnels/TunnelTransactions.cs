using System.Collections.Immutable;
using Lime.Core.Ovsdb;

namespace Lime.Core.Tunnels;

/// <summary>The transactions that make, change and remove the end of a tunnel.</summary>
/// <remarks>Each fails, and does nothing, if the bridge or the port it is about is not there any more. Each ends by
/// counting the configuration up, so that it can be known when the switch process has taken it; its last result is the
/// new count.</remarks>
internal static class TunnelTransactions
{
    private const string PortRow = "port";
    private const string InterfaceRow = "interface";

    public static OvsdbTransaction Make(TunnelPlace place, OvsBridge bridge, TunnelSpec tunnel)
    {
        OvsdbValue name = OvsdbValue.Of(place.PortName());
        OvsdbValue mark = TunnelMark.ExternalIds(place);
        return Transaction(
            $"make {tunnel} for '{place.Tunnel}' on {bridge.Name}",
            StillThere(OvsColumns.Bridge, bridge.Id, bridge.Name),
            new OvsdbOperation.Insert(
                OvsColumns.Interface,
                OvsdbRow.Of(
                    (OvsColumns.Name, name), (OvsColumns.Type, OvsdbValue.Of(tunnel.InterfaceType)),
                    (OvsColumns.Options, OvsdbValue.Map(tunnel.InterfaceOptions())), (OvsColumns.ExternalIds, mark)),
                InterfaceRow),
            new OvsdbOperation.Insert(
                OvsColumns.Port,
                OvsdbRow.Of(
                    (OvsColumns.Name, name), (OvsColumns.Interfaces, OvsdbValue.Named(InterfaceRow)),
                    (OvsColumns.ExternalIds, mark)),
                PortRow),
            MutatePorts(bridge, OvsdbMutation.Insert(OvsColumns.Ports, OvsdbValue.Named(PortRow))));
    }

    /// <summary>Gives an end that there is other options.</summary>
    public static OvsdbTransaction Change(TunnelPort port, TunnelSpec tunnel) => Transaction(
        $"make '{port.Tunnel}' on {port.Bridge.Name} a {tunnel}",
        StillThere(OvsColumns.Interface, port.InterfaceRow, port.Interface.Name),
        new OvsdbOperation.Update(
            OvsColumns.Interface,
            [OvsdbCondition.IsRow(port.InterfaceRow)],
            OvsdbRow.Of(
                (OvsColumns.Type, OvsdbValue.Of(tunnel.InterfaceType)),
                (OvsColumns.Options, OvsdbValue.Map(tunnel.InterfaceOptions())))));

    /// <summary>Takes an end from its bridge; its rows go with the last reference to them (RFC 7047 section
    /// 3.2).</summary>
    public static OvsdbTransaction Remove(TunnelPort port) => Transaction(
        $"remove '{port.Tunnel}' from {port.Bridge.Name}",
        StillThere(OvsColumns.Bridge, port.Bridge.Id, port.Bridge.Name),
        MutatePorts(port.Bridge, OvsdbMutation.Delete(OvsColumns.Ports, OvsdbValue.Of(port.Row))));

    /// <summary>Changes nothing but the count.</summary>
    public static OvsdbTransaction CountOnly() => Transaction("await the switch");

    private static OvsdbTransaction Transaction(string what, params ImmutableArray<OvsdbOperation> operations) => new(
        OvsColumns.Database,
        [
            .. operations,
            new OvsdbOperation.Comment($"Lime: {what}"),
            new OvsdbOperation.Mutate(OvsColumns.Root, [], [OvsdbMutation.Add(OvsColumns.NextConfiguration, 1)]),
            new OvsdbOperation.Select(OvsColumns.Root, [], [OvsColumns.NextConfiguration]),
        ]);

    private static OvsdbOperation.Wait StillThere(string table, Guid row, string name) => new(
        table, [OvsdbCondition.IsRow(row)], [OvsdbRow.Of((OvsColumns.Name, OvsdbValue.Of(name)))]);

    private static OvsdbOperation.Mutate MutatePorts(OvsBridge bridge, OvsdbMutation mutation) =>
        new(OvsColumns.Bridge, [OvsdbCondition.IsRow(bridge.Id)], [mutation]);
}
