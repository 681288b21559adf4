using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>A datapath id: 64 bits that name one OpenFlow switch (OpenFlow 1.0.0 section 5.3.1).</summary>
/// <param name="Value">The 64 bits; by custom the lower 48 are a MAC address.</param>
public readonly record struct DatapathId(ulong Value) : IComparable<DatapathId>
{
    /// <summary>Reads a datapath id: up to 16 hexadecimal digits, optionally with <c>0x</c> before them or
    /// colons between pairs (<c>3</c>, <c>0x3</c>, <c>0000000000000003</c>,
    /// <c>00:00:00:00:00:00:00:03</c>).</summary>
    /// <exception cref="FormatException">The text is not a datapath id; the message quotes it.</exception>
    public static DatapathId Parse(string text) => TryParse(text, out DatapathId id)
        ? id
        : throw new FormatException($"'{text}' is not a datapath id: expected up to 16 hexadecimal digits.");

    /// <summary>Reads a datapath id as <see cref="Parse"/> does.</summary>
    /// <returns><see langword="false"/> if the text is not a datapath id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DatapathId id)
    {
        id = default;
        if (text is null) return false;
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        digits = digits.Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is 0 or > 16) return false;
        bool isHex =
            ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value);
        id = new DatapathId(value);
        return isHex;
    }

    /// <inheritdoc/>
    public int CompareTo(DatapathId other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(DatapathId left, DatapathId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(DatapathId left, DatapathId right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/> or equals it.</summary>
    public static bool operator <=(DatapathId left, DatapathId right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/> or equals it.</summary>
    public static bool operator >=(DatapathId left, DatapathId right) => left.Value >= right.Value;

    /// <summary>The 16 lower-case hexadecimal digits that Open vSwitch prints.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
