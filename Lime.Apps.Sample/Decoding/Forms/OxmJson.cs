using System.Net.Sockets;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json;
using Lime.Apps.Sample.Json;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Extensible match fields in JSON: a property by the field's name with <c>value</c> or <c>value/mask</c>;
/// fields without a name here as whole bytes, in an array named <c>oxm</c>.</summary>
internal static class OxmJson
{
    public const string FieldForm = "an object with one field by name, for example {\"tcp_dst\": \"0x0050\"}";

    private const string Unnamed = "oxm";
    private const string ValueForm =
        "the field's value, or value/mask, as \"0x\" and all its hexadecimal digits, or as an address";

    private const string BytesForm = "an array of whole fields, header included, in hexadecimal digits";

    public static void Write(JsonObject json, OxmField field)
    {
        if (field.Id is { } id)
        {
            string mask = field.HasMask ? "/" + Text(field.Mask, id) : "";
            json[OxmNames.Of(id)] = Text(field.Value, id) + mask;
            return;
        }
        if (json[Unnamed] is not JsonArray unnamed) json[Unnamed] = unnamed = [];
        unnamed.Add((JsonNode)Convert.ToHexStringLower(field.Bytes));
    }

    /// <summary>The field or fields of one property.</summary>
    public static IEnumerable<OxmField> Read(string name, JsonCursor item)
    {
        if (name == Unnamed) return ReadUnnamed(item);
        if (OxmNames.Find(name) is not { } id)
        {
            item.Faults.Add(new JsonFault(item.Path, "no match field has this name."));
            return [];
        }
        if (item.Value.ValueKind == JsonValueKind.String && TryParse(item.Value.GetString()!, id) is { } field)
            return [field];
        item.AddUnexpected(ValueForm);
        return [];
    }

    /// <summary>The one field in an object.</summary>
    public static OxmField ReadOne(JsonCursor json)
    {
        if (json.Value.ValueKind == JsonValueKind.Object
            && json.Value.EnumerateObject().Select(each => each.Name).ToArray() is [string name])
            return Read(name, json.Optional(name)!.Value).FirstOrDefault();
        json.AddUnexpected(FieldForm);
        return default;
    }

    private static List<OxmField> ReadUnnamed(JsonCursor items)
    {
        var fields = new List<OxmField>();
        foreach (JsonCursor item in items.Items(BytesForm))
        {
            if (HexBytes.TryParse(item.Value, out byte[] bytes) && OxmNames.FromBytes(bytes) is { } field)
                fields.Add(field);
            else
                item.AddUnexpected("a whole field, header included, in hexadecimal digits");
        }
        return fields;
    }

    private static OxmField? TryParse(string text, OxmId id)
    {
        string[] parts = text.Split('/');
        if (parts.Length > 2 || !TryParse(parts[0], out byte[] value)) return null;
        if (parts.Length == 1) return OxmField.Of(id, value);
        bool isMask = TryParse(parts[1], out byte[] mask) && mask.Length == value.Length;
        return isMask ? WithMask(id, value, mask) : null;
    }

    /// <summary>Of no bytes and a mask of none is a field of its own, which only its bytes can say.</summary>
    private static OxmField WithMask(OxmId id, byte[] value, byte[] mask) => value.Length > 0
        ? OxmField.Of(id, value, mask)
        : OxmField.FromBytes([OxmField.BasicClass >> 8, OxmField.BasicClass & 0xff, (byte)(((byte)id << 1) | 1), 0]);

    private static string Text(ReadOnlySpan<byte> bytes, OxmId id) => (id, bytes.Length) switch
    {
        (OxmId.Ipv6Source or OxmId.Ipv6Destination or OxmId.Ipv6NdTarget, 16) => new IPAddress(bytes).ToString(),
        (OxmId.ArpSenderEth or OxmId.ArpTargetEth or OxmId.Ipv6NdSourceEth or OxmId.Ipv6NdTargetEth
            or OxmId.EthSource or OxmId.EthDestination, 6) => MacAddress.Read(bytes).ToString(),
        (OxmId.ArpSenderIpv4 or OxmId.ArpTargetIpv4 or OxmId.Ipv4Source or OxmId.Ipv4Destination, 4) =>
            new IPAddress(bytes).ToString(),
        _ => "0x" + Convert.ToHexStringLower(bytes),
    };

    private static bool TryParse(string text, out byte[] bytes)
    {
        bytes = [];
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return HexBytes.TryParse(text, out bytes);
        if (MacAddress.TryParse(text, out MacAddress mac))
        {
            bytes = new byte[6];
            mac.Write(bytes);
            return true;
        }
        bool isAddress = IPAddress.TryParse(text, out IPAddress? address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || Ipv4Address.TryParse(text, out _));
        if (isAddress) bytes = address!.GetAddressBytes();
        return isAddress;
    }
}
