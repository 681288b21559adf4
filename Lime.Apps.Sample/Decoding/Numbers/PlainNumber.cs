using System.Numerics;
using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>A number that has no names: in decimal, or with a fixed count of hexadecimal digits as text.</summary>
internal sealed class PlainNumber(ulong max, int hexDigits = 0)
    : NumberForm(max, hexDigits == 0
        ? $"a whole number, 0 to {max}"
        : $"\"0x\" and up to {hexDigits} hexadecimal digits")
{
    public static PlainNumber UInt8 { get; } = new(byte.MaxValue);

    public static PlainNumber UInt16 { get; } = new(ushort.MaxValue);

    public static PlainNumber UInt32 { get; } = new(uint.MaxValue);

    public static PlainNumber UInt64 { get; } = new(ulong.MaxValue);

    public static PlainNumber Hex16 { get; } = new(ushort.MaxValue, 4);

    public static PlainNumber Hex32 { get; } = new(uint.MaxValue, 8);

    public static PlainNumber Hex64 { get; } = new(ulong.MaxValue, 16);

    /// <summary>As many digits as <paramref name="max"/> has.</summary>
    public static PlainNumber Hex(ulong max) => new(max, (BitOperations.Log2(max) / 4) + 1);

    public override JsonNode Write(ulong number) =>
        hexDigits == 0 ? WriteDecimal(number) : JsonValue.Create(NumberForm.Hex(number, hexDigits));
}
