using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Lime.Apps.Sample.Json;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;

namespace Lime.Apps.Sample.NetworkFiles;

/// <summary>Reads the ports of virtual switches: pairs of numbers, or shorthands for ports whose virtual
/// and physical number are the same.</summary>
internal sealed class PortListReader
{
    public const string Form =
        "ports: an array of {\"virtual\": 1, \"physical\": 5}, numbers or \"1-4\"; or \"1-4,7\"";

    private const string ItemForm = "{\"virtual\": 1, \"physical\": 5}, a port number, or a range like \"1-4\"";
    private const string NumberForm = "a port number, 1 to 65280";

    /// <summary>OpenFlow 1.0's OFPP_MAX: the highest number that every version can say.</summary>
    private const uint PortMax = 0xff00;

    /// <summary>By the path that the check of the network gives a port, the place in the file it came from,
    /// where that is another: one shorthand stands for many ports.</summary>
    private readonly Dictionary<string, (string Path, bool IsPair)> _placesInFile = new(StringComparer.Ordinal);

    public ImmutableArray<PortMapping> Read(JsonCursor list)
    {
        var ports = ImmutableArray.CreateBuilder<PortMapping>();
        if (list.Value.ValueKind == JsonValueKind.String)
            AddRanges(list, list, ports);
        else
            foreach (JsonCursor item in list.Items(Form)) AddItem(list, item, ports);
        return ports.ToImmutable();
    }

    /// <summary>The path in the file of a path that the check of the network gave.</summary>
    public string PathInFile(string path)
    {
        int bracket = path.LastIndexOf(']');
        if (bracket < 0 || !_placesInFile.TryGetValue(path[..(bracket + 1)], out var place)) return path;
        // Below a pair there are .virtual and .physical; below a shorthand there is nothing.
        return place.IsPair ? place.Path + path[(bracket + 1)..] : place.Path;
    }

    public static bool TryParsePort(string text, out PortNumber port)
    {
        bool isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        port = new PortNumber(number);
        return isNumber && number is >= 1 and <= PortMax;
    }

    private void AddItem(JsonCursor list, JsonCursor item, ImmutableArray<PortMapping>.Builder ports)
    {
        switch (item.Value.ValueKind)
        {
            case JsonValueKind.Number when item.Whole(1, PortMax, NumberForm) is { } number:
                Add(list, (item.Path, false), ports, new(new PortNumber(number), new PortNumber(number)));
                break;
            case JsonValueKind.Number:
                break;
            case JsonValueKind.String:
                AddRanges(list, item, ports);
                break;
            case JsonValueKind.Object:
                AddPair(list, item, ports);
                break;
            default:
                item.AddUnexpected(ItemForm);
                break;
        }
    }

    private void AddPair(JsonCursor list, JsonCursor item, ImmutableArray<PortMapping>.Builder ports)
    {
        item.IsObjectOf("virtual", "physical");
        uint? virtualPort = item.Required("virtual", NumberForm)?.Whole(1, PortMax, NumberForm);
        uint? physicalPort = item.Required("physical", NumberForm)?.Whole(1, PortMax, NumberForm);
        if (virtualPort is null || physicalPort is null) return;
        var port = new PortMapping(new PortNumber(virtualPort.Value), new PortNumber(physicalPort.Value));
        Add(list, (item.Path, true), ports, port);
    }

    private void AddRanges(JsonCursor list, JsonCursor item, ImmutableArray<PortMapping>.Builder ports)
    {
        if (item.Text(ItemForm) is not { } text) return;
        foreach (string range in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = range.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !TryParsePort(ends[0], out PortNumber first)
                || !TryParsePort(ends[^1], out PortNumber last) || last.Value < first.Value
                || ports.Count + (last.Value - first.Value) > PortMax)
            {
                item.AddUnexpected(ItemForm);
                return;
            }
            for (uint port = first.Value; port <= last.Value; port++)
                Add(list, (item.Path, false), ports, new(new PortNumber(port), new PortNumber(port)));
        }
    }

    private void Add(
        JsonCursor list,
        (string Path, bool IsPair) place,
        ImmutableArray<PortMapping>.Builder ports,
        PortMapping port)
    {
        _placesInFile[$"{list.Path}[{ports.Count}]"] = place;
        ports.Add(port);
    }
}
