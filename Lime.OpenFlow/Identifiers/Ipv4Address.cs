using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>An IPv4 address as one number, so that it can be masked and compared.</summary>
/// <param name="Value">The 32 bits, the first byte on the wire highest.</param>
public readonly record struct Ipv4Address(uint Value)
{
    /// <summary>Reads four decimal numbers with dots between them.</summary>
    /// <exception cref="FormatException">The text is not an IPv4 address; the message quotes it.</exception>
    public static Ipv4Address Parse(string text) => TryParse(text, out Ipv4Address address)
        ? address
        : throw new FormatException($"'{text}' is not an IPv4 address: expected a.b.c.d.");

    /// <summary>Reads an address as <see cref="Parse"/> does.</summary>
    /// <returns><see langword="false"/> if the text is not an IPv4 address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Ipv4Address address)
    {
        address = default;
        string[] parts = text?.Split('.') ?? [];
        if (parts.Length != 4) return false;
        uint value = 0;
        foreach (string part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte next)) return false;
            value = (value << 8) | next;
        }
        address = new Ipv4Address(value);
        return true;
    }

    /// <summary>Four decimal numbers with dots between them.</summary>
    public override string ToString() => $"{Value >> 24}.{(Value >> 16) & 255}.{(Value >> 8) & 255}.{Value & 255}";
}
