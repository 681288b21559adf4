using Lime.Core.Ovsdb;

namespace Lime.Core.Tunnels;

/// <summary>How Lime knows its own ports in a switch's database, also after a crash: by external ids.</summary>
internal static class TunnelMark
{
    private const string OwnerKey = "lime-owner";
    private const string TunnelKey = "lime-tunnel";

    /// <summary>The external ids of a tunnel's port and interface.</summary>
    public static OvsdbValue ExternalIds(TunnelPlace place) => OvsdbValue.Map(
    [
        KeyValuePair.Create(OwnerKey, place.Owner),
        KeyValuePair.Create(TunnelKey, place.Tunnel),
    ]);

    /// <summary>Whose tunnel a port is an end of; null if it is none.</summary>
    public static (string Owner, string Tunnel)? Read(OvsdbRow port)
    {
        OvsdbValue ids = port[OvsColumns.ExternalIds];
        return ids.Find(OwnerKey) is { } owner && ids.Find(TunnelKey) is { } tunnel ? (owner, tunnel) : null;
    }
}
