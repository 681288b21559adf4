using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Lime.OpenFlow.Identifiers;

/// <summary>An Ethernet address.</summary>
/// <param name="Value">The 48 bits, the first byte on the wire highest; the upper 16 bits are zero.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>ff:ff:ff:ff:ff:ff.</summary>
    public static readonly MacAddress Broadcast = new(0xffff_ffff_ffff);

    /// <summary>Whether the group bit is set: a multicast or the broadcast address.</summary>
    public bool IsGroup => (Value & 0x0100_0000_0000) != 0;

    /// <summary>Takes the six bytes at the front of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than six bytes.</exception>
    public static MacAddress Read(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, 6, nameof(bytes));
        return new MacAddress(((ulong)bytes[0] << 40) | ((ulong)bytes[1] << 32) | ((ulong)bytes[2] << 24)
            | ((ulong)bytes[3] << 16) | ((ulong)bytes[4] << 8) | bytes[5]);
    }

    /// <summary>Puts the six bytes at the front of <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Room for fewer than six bytes.</exception>
    public void Write(Span<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, 6, nameof(bytes));
        for (int i = 0; i < 6; i++) bytes[i] = (byte)(Value >> (40 - (8 * i)));
    }

    /// <summary>Reads six pairs of hexadecimal digits with colons between them.</summary>
    /// <exception cref="FormatException">The text is not a MAC address; the message quotes it.</exception>
    public static MacAddress Parse(string text) => TryParse(text, out MacAddress address)
        ? address
        : throw new FormatException($"'{text}' is not a MAC address: expected aa:bb:cc:dd:ee:ff.");

    /// <summary>Reads an address as <see cref="Parse"/> does.</summary>
    /// <returns><see langword="false"/> if the text is not a MAC address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        string[] parts = text?.Split(':') ?? [];
        if (parts.Length != 6) return false;
        ulong value = 0;
        foreach (string part in parts)
        {
            if (part.Length != 2) return false;
            if (!byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte next))
                return false;
            value = (value << 8) | next;
        }
        address = new MacAddress(value);
        return true;
    }

    /// <summary>Six pairs of lower-case hexadecimal digits with colons between them.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[6];
        Write(bytes);
        return $"{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}:{bytes[3]:x2}:{bytes[4]:x2}:{bytes[5]:x2}";
    }
}
