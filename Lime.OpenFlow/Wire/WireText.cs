using System.Text;

namespace Lime.OpenFlow.Wire;

/// <summary>Text in fields of fixed size: ends at the first NUL and always has one.</summary>
/// <remarks>One character a byte (Latin-1): OpenFlow names no encoding, and so whatever a switch sends
/// goes through
/// byte for byte.</remarks>
internal static class WireText
{
    /// <summary>Whether <paramref name="text"/> fits a field of <paramref name="fieldBytes"/> and comes
    /// back equal.</summary>
    public static bool Fits(string text, int fieldBytes) =>
        text.Length < fieldBytes && text.AsSpan().IndexOfAnyExceptInRange('\u0001', '\u00ff') < 0;

    /// <summary>The field's text; a last byte that should have been NUL is left out.</summary>
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(field[..(end < 0 ? field.Length - 1 : end)]);
    }

    /// <summary>Fills the whole field.</summary>
    public static void Write(string text, Span<byte> field)
    {
        int count = Encoding.Latin1.GetBytes(text, field);
        field[count..].Clear();
    }
}
