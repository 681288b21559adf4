using System.Text.Json;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Decoding.Forms;
using Lime.Apps.Sample.Decoding.Input;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Json;
using Lime.OpenFlow;

namespace Lime.Apps.Sample.Decoding.Output;

/// <summary>Turns JSON documents into frames: hexadecimal digits a line each, or bytes into a stream.</summary>
/// <param name="console">Where lines and faults go.</param>
/// <param name="binary">Where bytes go; null: they are printed.</param>
internal sealed class EncodeReport(CommandConsole console, Stream? binary)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>Every document of a text: one after another, or in arrays.</summary>
    /// <returns>Whether all could be encoded.</returns>
    public bool Add(ByteSource source)
    {
        bool isGood = true;
        int count = 0;
        ReadOnlyMemory<byte> rest = source.Bytes;
        if (rest.Span.StartsWith(ByteOrderMark)) rest = rest[ByteOrderMark.Length..];
        try
        {
            while (TakeDocument(ref rest) is { } document)
            {
                using (document) isGood &= AddRoot(source, document.RootElement, ++count);
            }
        }
        catch (JsonException exception)
        {
            string message = exception.Message.Split(" LineNumber:")[0].TrimEnd('.');
            Fail($"{source.Name}: document {count + 1}: not JSON: {message}.");
            return false;
        }
        if (count == 0) Fail($"{source.Name}: no JSON document in it.");
        return isGood && count > 0;
    }

    private static JsonDocument? TakeDocument(ref ReadOnlyMemory<byte> rest)
    {
        var reader = new Utf8JsonReader(rest.Span, new JsonReaderOptions { AllowMultipleValues = true });
        if (!reader.Read()) return null;
        JsonDocument document = JsonDocument.ParseValue(ref reader);
        rest = rest[(int)reader.BytesConsumed..];
        return document;
    }

    private bool AddRoot(ByteSource source, JsonElement root, int number)
    {
        string path = number == 1 ? "$" : $"document {number}: $";
        if (root.ValueKind != JsonValueKind.Array) return AddDocument(source, root, path);
        bool isGood = true;
        int index = 0;
        foreach (JsonElement item in root.EnumerateArray()) isGood &= AddDocument(source, item, $"{path}[{index++}]");
        return isGood;
    }

    private bool AddDocument(ByteSource source, JsonElement document, string path)
    {
        var faults = new List<JsonFault>();
        Envelope envelope = ReadingFields.Read<Envelope>(new JsonCursor(document, path, faults), EnvelopeForm.Document);
        if (faults.Count == 0) return Write(source, envelope, path);
        foreach (JsonFault fault in faults) Fail($"{source.Name}: {fault}");
        return false;
    }

    private bool Write(ByteSource source, Envelope envelope, string path)
    {
        try
        {
            byte[] frame = envelope.ToFrame();
            if (binary is null) console.Output.WriteLine(Convert.ToHexStringLower(frame));
            else binary.Write(frame);
            return true;
        }
        catch (Exception refused) when (refused is UnsupportedByVersionException or ArgumentException)
        {
            Fail($"{source.Name}: {path}: {refused.Message}");
            return false;
        }
    }

    private void Fail(string line) => console.Error.WriteLine(line);
}
