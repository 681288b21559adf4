using System.Collections.Immutable;
using Lime.Core.Ovsdb;

namespace Lime.Core.Tunnels;

/// <summary>The tables and columns of Open vSwitch's own database that tunnels need
/// (ovs-vswitchd.conf.db(5)).</summary>
internal static class OvsColumns
{
    public const string Database = "Open_vSwitch";

    public const string Root = "Open_vSwitch";
    public const string Bridge = "Bridge";
    public const string Port = "Port";
    public const string Interface = "Interface";

    /// <summary>How often the configuration was changed, by those who count.</summary>
    public const string NextConfiguration = "next_cfg";

    /// <summary>Up to which of these changes the switch process has come.</summary>
    public const string CurrentConfiguration = "cur_cfg";

    public const string Name = "name";
    public const string ExternalIds = "external_ids";
    public const string DatapathId = "datapath_id";
    public const string Ports = "ports";
    public const string Interfaces = "interfaces";
    public const string Type = "type";
    public const string Options = "options";
    public const string PortNumber = "ofport";
    public const string Error = "error";
    public const string Mtu = "mtu";
    public const string MtuRequest = "mtu_request";
    public const string AdminState = "admin_state";
    public const string LinkState = "link_state";

    /// <summary>What is watched.</summary>
    public static OvsdbWatch Watch { get; } = new(
        Database,
        new Dictionary<string, ImmutableArray<string>>
        {
            [Root] = [CurrentConfiguration],
            [Bridge] = [Name, DatapathId, Ports],
            [Port] = [Name, Interfaces, ExternalIds],
            [Interface] =
                [Name, Type, Options, PortNumber, Error, Mtu, MtuRequest, AdminState, LinkState, ExternalIds],
        }.ToImmutableSortedDictionary(StringComparer.Ordinal));
}
