using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>Writes a message's document as lines for people: its type, and below it a line for each field.</summary>
internal sealed class MessageText(TextWriter output)
{
    /// <summary>An object as short as this stands on one line.</summary>
    private const int OneLineChars = 100;

    private const int IndentChars = 2;

    private static readonly string[] InTitle = ["version", "xid", "type", "multipart"];

    /// <summary>One message.</summary>
    public void Write(JsonObject document, string place)
    {
        string multipart = document["multipart"] is { } type ? $" {Plain(type)}" : "";
        output.WriteLine($"{Plain(document["type"])}{multipart} (OpenFlow {Plain(document["version"])}) "
            + $"(xid={Plain(document["xid"])}) {place}");
        WriteFields(document.Where(field => !InTitle.Contains(field.Key)), IndentChars);
    }

    private void WriteFields(IEnumerable<KeyValuePair<string, JsonNode?>> fields, int indent)
    {
        foreach ((string name, JsonNode? value) in fields) WriteField(name.TrimStart('_'), value, indent);
    }

    private void WriteField(string name, JsonNode? value, int indent)
    {
        string margin = new(' ', indent);
        if (OnOneLine(name, value) is { } line)
        {
            output.WriteLine($"{margin}{name} = {line}");
            return;
        }
        output.WriteLine($"{margin}{name}:");
        if (value is JsonObject fields) WriteFields(fields, indent + IndentChars);
        else WriteItems((JsonArray)value!, indent + IndentChars);
    }

    private void WriteItems(JsonArray items, int indent)
    {
        for (int i = 0; i < items.Count; i++)
        {
            string margin = new(' ', indent);
            if (OnOneLine("", items[i]) is { } line)
            {
                output.WriteLine($"{margin}[{i}] {line}");
                continue;
            }
            output.WriteLine($"{margin}[{i}]");
            WriteFields((JsonObject)items[i]!, indent + IndentChars);
        }
    }

    /// <summary>The whole value as a line; null where it wants several.</summary>
    private static string? OnOneLine(string name, JsonNode? value)
    {
        string? line = value switch
        {
            JsonObject { Count: 0 } => name == "match" ? "any" : "none",
            JsonObject fields => Flat(fields),
            JsonArray { Count: 0 } => name is "actions" or "write_actions" ? "drop" : "none",
            JsonArray items when items.All(item => item is JsonValue) => string.Join(' ', items.Select(Plain)),
            JsonArray items when name.EndsWith("actions", StringComparison.Ordinal) =>
                string.Join(", ", items.Select(item => Flat((JsonObject)item!))),
            JsonArray => null,
            _ => Plain(value),
        };
        return value is JsonValue || line?.Length <= OneLineChars ? line : null;
    }

    /// <summary>An object of plain values: its type, then its other fields.</summary>
    private static string? Flat(JsonObject fields)
    {
        if (fields.Any(field => field.Value is JsonObject or JsonArray { Count: > 0 } && !IsFlatField(field.Value)))
            return null;
        return string.Join(' ', fields.Select(field => field.Key == "type"
            ? Plain(field.Value)
            : $"{field.Key.TrimStart('_')}={FlatValue(field.Value)}"));
    }

    /// <summary>A set-field has the one field that it sets.</summary>
    private static bool IsFlatField(JsonNode? value) => value is JsonObject { Count: 1 };

    private static string? FlatValue(JsonNode? value) => value switch
    {
        JsonObject inner => Flat(inner),
        JsonArray => "none",
        _ => Plain(value),
    };

    private static string Plain(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Quote(text.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    /// <summary>Text that would be taken for something else stands in quotes.</summary>
    private static string Quote(string text) => text.Length == 0 || text.Any(c => c < ' ' || c > '~')
        ? $"\"{JsonEncodedText.Encode(text)}\""
        : text;
}
