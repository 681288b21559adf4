using System.Text.Json;

namespace Lime.Apps.Sample.Decoding.Forms;

/// <summary>Bytes in JSON: pairs of hexadecimal digits; spaces, colons and a leading <c>0x</c> mean nothing.</summary>
internal static class HexBytes
{
    public static bool TryParse(JsonElement value, out byte[] bytes)
    {
        bytes = [];
        return value.ValueKind == JsonValueKind.String && TryParse(value.GetString()!, out bytes);
    }

    public static bool TryParse(string text, out byte[] bytes)
    {
        bytes = [];
        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        digits = string.Concat(digits.Where(c => !char.IsWhiteSpace(c) && c != ':'));
        if (digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit)) return false;
        bytes = Convert.FromHexString(digits);
        return true;
    }
}
