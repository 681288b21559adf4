using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Lime.Apps.Sample.Json;

/// <summary>Reads JSON that people write: either a value, or every fault in it.</summary>
internal static class JsonForm
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Reads <paramref name="utf8"/> by means of <paramref name="read"/>.</summary>
    /// <returns>What was read, or null and at least one fault.</returns>
    public static (T? Value, ImmutableArray<JsonFault> Faults) Read<T>(
        ReadOnlyMemory<byte> utf8, Func<JsonCursor, T?> read) where T : class
    {
        if (utf8.Span.StartsWith(ByteOrderMark)) utf8 = utf8[ByteOrderMark.Length..];
        if (!Utf8.IsValid(utf8.Span)) return (null, [new JsonFault("$", "not UTF-8 text.")]);
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8);
            var faults = new List<JsonFault>();
            T? value = read(new JsonCursor(document.RootElement, "$", faults));
            return faults.Count == 0 ? (value, []) : (null, [.. faults]);
        }
        catch (JsonException exception)
        {
            return (null, [SyntaxFault(exception)]);
        }
        catch (InvalidOperationException)
        {
            // The document is well-formed but a string in it is half a surrogate pair (\ud800).
            return (null, [new JsonFault("$", "a string in it holds a \\u escape that is not a character.")]);
        }
    }

    private static JsonFault SyntaxFault(JsonException exception)
    {
        // The library appends "LineNumber: 3 | BytePositionInLine: 4." with both counted from 0.
        string message = exception.Message.Split(" LineNumber:")[0].TrimEnd('.');
        return new JsonFault($"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}",
            $"not JSON: {message}.");
    }
}
