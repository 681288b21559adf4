using System.Collections.Immutable;
using Lime.Apps.Sample.Json;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.NetworkFiles;

/// <summary>Reads a network file's text.</summary>
/// <remarks>In two steps: its form first (every fault of it), and if that is good whether it contradicts
/// itself (every fault of that), since a check of half a network would report what isn't there.</remarks>
internal sealed class NetworkFileReader
{
    private const string NameForm = "a name of 1 to 64 letters, digits, '-', '_' or '.'";
    private const string DatapathForm = "a datapath id in quotes, up to 16 hexadecimal digits (\"0x1\")";
    private const string MtuForm = "a number of bytes, 68 to 65535";
    private const int NameLengthMax = 64;

    /// <summary>RFC 791: every link carries 68 bytes.</summary>
    private const uint MtuMin = 68;

    /// <summary>The physical switches that links and virtual switches may name. One whose datapath id is
    /// faulty is among them, so that its fault is reported once and not at every use.</summary>
    private readonly Dictionary<string, DatapathId> _physicalSwitches = new(StringComparer.Ordinal);
    private readonly PortListReader _ports = new();

    private NetworkFileReader()
    {
    }

    public static (NetworkDescription? Network, ImmutableArray<JsonFault> Faults) Read(ReadOnlyMemory<byte> utf8)
    {
        var reader = new NetworkFileReader();
        return JsonForm.Read(utf8, root => reader.ReadNetwork(root));
    }

    /// <summary>Reads one virtual network; whether it fits what is there is the controller's to say.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="physicalSwitches">What it may lie on, by name.</param>
    public static (VirtualNetworkDescription? Network, ImmutableArray<JsonFault> Faults) ReadVirtual(
        ReadOnlyMemory<byte> utf8, IEnumerable<(string Name, DatapathId Datapath)> physicalSwitches)
    {
        var reader = new NetworkFileReader();
        foreach ((string name, DatapathId datapath) in physicalSwitches)
            reader._physicalSwitches.TryAdd(name, datapath);
        return JsonForm.Read(utf8, reader.ReadVirtual);
    }

    private VirtualNetworkDescription? ReadVirtual(JsonCursor root)
    {
        if (!root.IsObjectOf("name", "virtualSwitches", "virtualLinks")) return null;
        string? name = ReadName(root);
        return new VirtualNetworkDescription(name ?? "")
        {
            VirtualSwitches = ReadAll(root.Required("virtualSwitches", "an array"), ReadVirtualSwitch),
            VirtualLinks = ReadAll(root.Optional("virtualLinks"), ReadVirtualLink),
        };
    }

    private NetworkDescription? ReadNetwork(JsonCursor root)
    {
        if (!root.IsObjectOf("physicalSwitches", "physicalLinks", "virtualSwitches", "virtualLinks", "tunnelLabels"))
            return null;
        var network = new NetworkDescription
        {
            PhysicalSwitches = ReadAll(root.Required("physicalSwitches", "an array"), ReadPhysicalSwitch),
            PhysicalLinks = ReadAll(root.Optional("physicalLinks"), ReadPhysicalLink),
            VirtualSwitches = ReadAll(root.Required("virtualSwitches", "an array"), ReadVirtualSwitch),
            VirtualLinks = ReadAll(root.Optional("virtualLinks"), ReadVirtualLink),
            TunnelLabels = root.Optional("tunnelLabels") is { } labels
                ? TunnelReader.ReadLabels(labels)
                : TunnelLabels.Default,
        };
        if (root.Faults.Count > 0) return null;
        IEnumerable<JsonFault> faults = NetworkDescriptionCheck.FindFaults(network)
            .Select(each => new JsonFault(_ports.PathInFile(each.Path), each.Message));
        root.Faults.AddRange(faults.Distinct());
        return network;
    }

    private static ImmutableArray<T> ReadAll<T>(JsonCursor? array, Func<JsonCursor, T?> read) where T : class =>
        array is null ? [] : [.. array.Value.Items("an array").Select(read).OfType<T>()];

    private PhysicalSwitchDescription? ReadPhysicalSwitch(JsonCursor item)
    {
        if (!item.IsObjectOf("name", "datapath", "mtu", "shared", "carriesTunnels", "database")) return null;
        string? name = ReadName(item);
        uint? mtu = item.Optional("mtu")?.Whole(MtuMin, ushort.MaxValue, MtuForm);
        bool isShared = item.Optional("shared")?.Truth() == true;
        DatapathId? datapath = item.Required("datapath", DatapathForm) is { } found ? ReadDatapath(found) : null;
        if (name is null) return null;
        _physicalSwitches.TryAdd(name, datapath ?? default);
        return new PhysicalSwitchDescription(name, datapath ?? default)
        {
            Mtu = (int?)mtu,
            IsShared = isShared,
            CarriesTunnels = item.Optional("carriesTunnels")?.Truth() ?? false,
            Database = item.Optional("database") is { } database ? TunnelReader.ReadDatabase(database) : null,
        };
    }

    private VirtualSwitchDescription? ReadVirtualSwitch(JsonCursor item)
    {
        if (!item.IsObjectOf("name", "datapath", "on", "ports", "quota")) return null;
        string? name = ReadName(item);
        DatapathId? realisedBy = item.Required("on", "a physical switch's name") is { } on
            ? ReadPhysicalName(on, on.Text("a physical switch's name"))
            : null;
        DatapathId? datapath = item.Optional("datapath") is { } found ? ReadDatapath(found) : realisedBy;
        ImmutableArray<PortMapping> ports = item.Required("ports", PortListReader.Form) is { } list
            ? _ports.Read(list)
            : [];
        VirtualSwitchQuota quota = item.Optional("quota") is { } limits
            ? QuotaReader.Read(limits)
            : VirtualSwitchQuota.None;
        return name is null || realisedBy is null || datapath is null
            ? null
            : new VirtualSwitchDescription(name, datapath.Value, realisedBy.Value, ports) { Quota = quota };
    }

    private PhysicalLink? ReadPhysicalLink(JsonCursor item)
    {
        if (!item.IsObjectOf("a", "b", "mtu")) return null;
        uint? mtu = item.Optional("mtu")?.Whole(MtuMin, ushort.MaxValue, MtuForm);
        PhysicalPort? a = ReadPhysicalPort(item, "a");
        PhysicalPort? b = ReadPhysicalPort(item, "b");
        return a is null || b is null ? null : new PhysicalLink(a.Value, b.Value) { Mtu = (int?)mtu };
    }

    private PhysicalPort? ReadPhysicalPort(JsonCursor link, string property)
    {
        if (ReadEnd(link, property) is not { } end) return null;
        DatapathId? datapath = ReadPhysicalName(end.At, end.Name);
        return datapath is null ? null : new PhysicalPort(datapath.Value, end.Port);
    }

    private static VirtualLink? ReadVirtualLink(JsonCursor item)
    {
        if (!item.IsObjectOf("a", "b")) return null;
        var a = ReadEnd(item, "a");
        var b = ReadEnd(item, "b");
        if (a is null || b is null) return null;
        return new VirtualLink(
            new VirtualPort(a.Value.Name, a.Value.Port), new VirtualPort(b.Value.Name, b.Value.Port));
    }

    private static (JsonCursor At, string Name, PortNumber Port)? ReadEnd(JsonCursor link, string property)
    {
        const string Form = "SWITCH:PORT, for example \"s1:2\"";
        if (link.Required(property, Form) is not { } end || end.Text(Form) is not { } text) return null;
        int colon = text.LastIndexOf(':');
        if (colon > 0 && PortListReader.TryParsePort(text[(colon + 1)..], out PortNumber port))
            return (end, text[..colon], port);
        end.AddUnexpected(Form);
        return null;
    }

    private DatapathId? ReadPhysicalName(JsonCursor at, string? name)
    {
        if (name is null) return null;
        if (_physicalSwitches.TryGetValue(name, out DatapathId datapath)) return datapath;
        at.Faults.Add(new(at.Path, $"no physical switch is named '{name}'."));
        return null;
    }

    private static string? ReadName(JsonCursor item)
    {
        if (item.Required("name", NameForm) is not { } found || found.Text(NameForm) is not { } name) return null;
        // Names stand in URLs and before the colon of a port.
        if (name.Length <= NameLengthMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return name;
        found.AddUnexpected(NameForm);
        return null;
    }

    private static DatapathId? ReadDatapath(JsonCursor found)
    {
        if (found.Text(DatapathForm) is not { } text) return null;
        if (DatapathId.TryParse(text, out DatapathId datapath)) return datapath;
        found.AddUnexpected(DatapathForm);
        return null;
    }
}
