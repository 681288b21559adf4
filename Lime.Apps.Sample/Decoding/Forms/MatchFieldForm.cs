using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Decoding.Numbers;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>One of the fields that lie in <see cref="PacketFields"/>.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Word">Which of the five words it lies in.</param>
/// <param name="Shift">Bits beneath it.</param>
/// <param name="FullMask">Its mask where every bit counts.</param>
/// <param name="Number">How its value is written.</param>
internal sealed record MatchFieldForm(string Name, int Word, int Shift, ulong FullMask, NumberForm Number)
{
    public static IReadOnlyList<MatchFieldForm> All { get; } =
    [
        new("in_port", 0, 32, uint.MaxValue, IdentifierNames.Port),
        new("dl_src", 1, 16, 0xffff_ffff_ffff, MacNumber.Instance),
        new("dl_dst", 2, 16, 0xffff_ffff_ffff, MacNumber.Instance),
        new("dl_type", 0, 16, ushort.MaxValue, PlainNumber.Hex16),
        new("dl_vlan", 0, 0, ushort.MaxValue, VlanNumber.Instance),
        new("dl_vlan_pcp", 1, 8, 0xff, PlainNumber.UInt8),
        new("nw_proto", 1, 0, 0xff, PlainNumber.UInt8),
        new("nw_tos", 2, 8, 0xfc, PlainNumber.UInt8),
        new("nw_ecn", 2, 8, 0x03, PlainNumber.UInt8),
        new("nw_src", 3, 32, uint.MaxValue, Ipv4Number.Instance),
        new("nw_dst", 3, 0, uint.MaxValue, Ipv4Number.Instance),
        new("tp_src", 4, 48, ushort.MaxValue, PlainNumber.UInt16),
        new("tp_dst", 4, 32, ushort.MaxValue, PlainNumber.UInt16),
    ];

    public string Expected => $"{Number.Expected}; or value/mask in such forms";

    /// <summary>How masks are written: as values are, but where those have names.</summary>
    private NumberForm MaskNumber => Number is MacNumber or Ipv4Number ? Number : PlainNumber.Hex(FullMask);

    /// <summary>The field in its place, all others zero.</summary>
    public PacketFields Put(ulong value)
    {
        ulong word = (value & FullMask) << Shift;
        return Word switch
        {
            0 => new(word, 0, 0, 0, 0),
            1 => new(0, word, 0, 0, 0),
            2 => new(0, 0, word, 0, 0),
            3 => new(0, 0, 0, word, 0),
            _ => new(0, 0, 0, 0, word),
        };
    }

    public ulong Get(in PacketFields fields)
    {
        ulong word = Word switch
        {
            0 => fields.W0,
            1 => fields.W1,
            2 => fields.W2,
            3 => fields.W3,
            _ => fields.W4,
        };
        return (word >> Shift) & FullMask;
    }

    public JsonNode Write(ulong value, ulong mask)
    {
        if (mask == FullMask) return Number.Write(value);
        NumberForm valueNumber = Number is VlanNumber ? PlainNumber.Hex16 : Number;
        return JsonValue.Create($"{valueNumber.Write(value)}/{MaskNumber.Write(mask)}");
    }

    public bool TryRead(JsonElement json, out ulong value, out ulong mask)
    {
        mask = FullMask;
        if (Number.TryRead(json, out value)) return (value & ~FullMask) == 0;
        string[] parts = json.ValueKind == JsonValueKind.String ? json.GetString()!.Split('/') : [];
        if (parts.Length != 2) return false;
        bool isRead = TryRead(Number, parts[0], out value)
            && (TryReadPrefix(parts[1], out mask) || TryRead(MaskNumber, parts[1], out mask));
        return isRead && ((value | mask) & ~FullMask) == 0;
    }

    /// <summary>Behind an IPv4 address the number of its bits that count.</summary>
    private bool TryReadPrefix(string text, out ulong mask)
    {
        bool isPrefix = byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte bits)
            && bits <= 32 && Number is Ipv4Number;
        mask = (uint)(0xffff_ffff_0000_0000 >> bits);
        return isPrefix;
    }

    private static bool TryRead(NumberForm form, string text, out ulong number)
    {
        using JsonDocument document = JsonDocument.Parse($"\"{JsonEncodedText.Encode(text)}\"");
        return form.TryRead(document.RootElement, out number);
    }
}
