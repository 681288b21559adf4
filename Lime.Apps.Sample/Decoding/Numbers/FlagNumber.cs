using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>A set of bits: an array of their names; bits without a name are in one hexadecimal item at its
/// end.</summary>
internal sealed class FlagNumber : NumberForm
{
    private readonly (string Name, ulong Bit)[] _names;

    public FlagNumber(ulong max, params (string Name, ulong Bit)[] names)
        : base(max,
            $"an array of {string.Join(", ", names.Select(each => each.Name))} or hexadecimal text; or a number")
    {
        _names = names;
    }

    /// <summary>Names of the bits from bit 0 on; an empty one skips its bit.</summary>
    public static FlagNumber FromBit0(ulong max, params string[] names) =>
        new(max, [.. names.Select((name, index) => (name, 1ul << index)).Where(each => each.name.Length > 0)]);

    public override JsonNode Write(ulong number)
    {
        var names = new JsonArray();
        foreach ((string name, ulong bit) in _names)
        {
            if ((number & bit) == 0) continue;
            names.Add((JsonNode)name);
            number &= ~bit;
        }
        if (number != 0) names.Add((JsonNode)Hex(number, BitOperations.Log2(Max) / 4 + 1));
        return names;
    }

    public override bool TryRead(JsonElement value, out ulong number)
    {
        if (value.ValueKind != JsonValueKind.Array) return base.TryRead(value, out number);
        number = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (!base.TryRead(item, out ulong bits)) return false;
            number |= bits;
        }
        return true;
    }

    protected override bool TryParse(string text, out ulong number)
    {
        foreach ((string name, ulong bit) in _names)
        {
            number = bit;
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return base.TryParse(text, out number);
    }
}
