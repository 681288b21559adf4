using System.Text.Json;
using System.Text.Json.Nodes;
using Lime.OpenFlow.Matching;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>A VLAN id as matches hold it: a number 0..4095 stands for a tag with that id, <c>none</c> for no tag, and
/// hexadecimal text for all 16 bits, bit 12 meaning that there is a tag.</summary>
internal sealed class VlanNumber()
    : NumberForm(ushort.MaxValue, "a VLAN id, 0 to 4095, \"none\", or 16 bits with bit 12 for a tag, as \"0x1005\"")
{
    public static VlanNumber Instance { get; } = new();

    public override JsonNode Write(ulong number) => number switch
    {
        0 => JsonValue.Create("none"),
        >= PacketFields.VlanPresent and <= PacketFields.VlanPresent + 4095 =>
            JsonValue.Create(number - PacketFields.VlanPresent),
        _ => JsonValue.Create(Hex(number, 4)),
    };

    public override bool TryRead(JsonElement value, out ulong number)
    {
        if (value.ValueKind != JsonValueKind.Number) return base.TryRead(value, out number);
        bool isId = value.TryGetUInt64(out number) && number <= 4095;
        number |= PacketFields.VlanPresent;
        return isId;
    }

    protected override bool TryParse(string text, out ulong number)
    {
        number = 0;
        if (text == "none") return true;
        bool isNumber = base.TryParse(text, out number);
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) number |= PacketFields.VlanPresent;
        return isNumber;
    }
}
