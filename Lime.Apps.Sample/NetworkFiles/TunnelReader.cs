using System.Net;
using Lime.Apps.Sample.Json;
using Lime.Core.Networks;
using Lime.Core.Tunnels;

namespace Lime.Apps.Sample.NetworkFiles;

/// <summary>Reads what a network file says of tunnels.</summary>
internal static class TunnelReader
{
    private const string LabelForm = "a VLAN id, 1 to 4094";
    private const uint LabelMax = 4094;
    private const string AddressForm = "where the database listens: \"tcp:HOST:PORT\" or \"unix:PATH\"";
    private const string TunnelAddressForm = "the switch's IP address for tunnels (\"10.0.0.1\")";
    private const string TypeForm = "\"vxlan\", \"gre\" or \"geneve\"";
    private const string UnderlayForm = "the name of the interface by which tunnels leave (\"eth0\")";

    public static TunnelLabels ReadLabels(JsonCursor item)
    {
        if (!item.IsObjectOf("first", "last")) return TunnelLabels.Default;
        uint? first = item.Required("first", LabelForm)?.Whole(1, LabelMax, LabelForm);
        uint? last = item.Required("last", LabelForm)?.Whole(1, LabelMax, LabelForm);
        return first is null || last is null
            ? TunnelLabels.Default
            : new TunnelLabels((ushort)first.Value, (ushort)last.Value);
    }

    public static SwitchDatabaseDescription? ReadDatabase(JsonCursor item)
    {
        if (!item.IsObjectOf("address", "tunnelAddress", "type", "underlay")) return null;
        string? address = item.Required("address", AddressForm)?.Text(AddressForm);
        IPAddress? tunnelAddress = item.Required("tunnelAddress", TunnelAddressForm) is { } at ? ReadAddress(at) : null;
        TunnelType? type = item.Optional("type") is { } found ? ReadType(found) : TunnelType.Vxlan;
        string? underlay = item.Optional("underlay")?.Text(UnderlayForm);
        return address is null || tunnelAddress is null || type is null
            ? null
            : new SwitchDatabaseDescription(address, tunnelAddress)
            {
                Type = type.Value,
                UnderlayInterface = underlay,
            };
    }

    private static IPAddress? ReadAddress(JsonCursor item)
    {
        if (item.Text(TunnelAddressForm) is not { } text) return null;
        if (IPAddress.TryParse(text, out IPAddress? address)) return address;
        item.AddUnexpected(TunnelAddressForm);
        return null;
    }

    private static TunnelType? ReadType(JsonCursor item)
    {
        switch (item.Text(TypeForm))
        {
            case "vxlan": return TunnelType.Vxlan;
            case "gre": return TunnelType.Gre;
            case "geneve": return TunnelType.Geneve;
            case null: return null;
            default:
                item.AddUnexpected(TypeForm);
                return null;
        }
    }
}
