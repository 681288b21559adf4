using System.Buffers;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>Reads what a server sent, and says what was expected where it sent something else.</summary>
internal static class JsonReading
{
    /// <summary>Characters of foreign JSON that a message quotes.</summary>
    private const int QuoteLength = 60;

    /// <exception cref="OvsdbProtocolException">It is not JSON, or nested deeper than 64.</exception>
    public static JsonDocument Parse(ReadOnlySequence<byte> message)
    {
        try
        {
            return JsonDocument.Parse(message);
        }
        catch (JsonException exception)
        {
            throw new OvsdbProtocolException($"A message is not JSON: {exception.Message}");
        }
    }

    public static string Text(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.String) throw Expected("a string", element, what);
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8, or half of a surrogate pair.
            throw new OvsdbProtocolException($"{what} is not Unicode text.");
        }
    }

    public static long Integer(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value)
            ? value
            : throw Expected("an integer", element, what);

    /// <summary>The elements of an array.</summary>
    public static JsonElement.ArrayEnumerator Array(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw Expected("an array", element, what);

    /// <summary>The two elements of an array that has to have two.</summary>
    public static (JsonElement First, JsonElement Second) Pair(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 2
            ? (element[0], element[1])
            : throw Expected("an array of two", element, what);

    /// <summary>The members of an object.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Expected("an object", element, what);
        return element.EnumerateObject().Select(each => (NameOf(each, what), each.Value));
    }

    /// <summary>A member that may be missing or null, which come to the same in JSON-RPC.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static OvsdbProtocolException Expected(string expected, JsonElement found, string what)
    {
        string text = found.ValueKind == JsonValueKind.Undefined ? "nothing" : found.GetRawText();
        string quote = text.Length <= QuoteLength ? text : $"{text[..QuoteLength]}...";
        return new OvsdbProtocolException($"{what}: expected {expected}, found {quote}");
    }

    private static string NameOf(JsonProperty member, string what)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new OvsdbProtocolException($"{what} has a member whose name is not Unicode text.");
        }
    }
}
