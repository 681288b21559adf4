using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>How a number of a message, at most 64 bits, is written in JSON and read again.</summary>
/// <param name="max">The most that its field can hold.</param>
/// <param name="expected">What to tell somebody who wrote something else.</param>
internal abstract class NumberForm(ulong max, string expected)
{
    /// <summary>Many readers of JSON hold numbers as doubles, which round above this; such numbers are written as
    /// text.</summary>
    private const ulong ExactMax = (1ul << 53) - 1;

    public ulong Max { get; } = max;

    public string Expected { get; } = expected;

    public abstract JsonNode Write(ulong number);

    /// <summary>The number in any of its forms, as a number or as text in decimal or hexadecimal digits.</summary>
    public virtual bool TryRead(JsonElement value, out ulong number)
    {
        number = 0;
        bool isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetUInt64(out number),
            JsonValueKind.String => TryParse(value.GetString()!, out number),
            _ => false,
        };
        return isNumber && number <= Max;
    }

    /// <summary>Decimal digits, or hexadecimal ones behind <c>0x</c>.</summary>
    protected virtual bool TryParse(string text, out ulong number) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    protected static JsonNode WriteDecimal(ulong number) => number <= ExactMax
        ? JsonValue.Create(number)
        : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));

    protected static string Hex(ulong number, int digits) =>
        "0x" + number.ToString($"x{digits}", CultureInfo.InvariantCulture);
}
