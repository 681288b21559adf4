using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lime.Core.Ovsdb;

/// <summary>Writes what a client says (JSON-RPC 1.0, RFC 7047 section 4).</summary>
internal static class RpcMessages
{
    /// <summary>The id of our own echo requests, which can be no other request's.</summary>
    public const string EchoId = "echo";

    /// <summary>Nothing of it is ever part of a web page: plus and greater than stay what they are.</summary>
    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Request(long id, string method, Action<Utf8JsonWriter> writeParameters) => Write(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteString("method", method);
        writer.WriteStartArray("params");
        writeParameters(writer);
        writer.WriteEndArray();
    });

    public static byte[] Echo() => Write(static writer =>
    {
        writer.WriteString("id", EchoId);
        writer.WriteString("method", "echo");
        writer.WriteStartArray("params");
        writer.WriteEndArray();
    });

    /// <summary>The answer to an echo: its parameters (RFC 7047 section 4.1.11).</summary>
    public static byte[] EchoReply(JsonElement id, JsonElement? parameters) => Write(writer =>
    {
        WriteId(writer, id);
        writer.WritePropertyName("result");
        if (parameters is { } given) given.WriteTo(writer);
        else writer.WriteNullValue();
        writer.WriteNull("error");
    });

    /// <summary>The answer to what no client does.</summary>
    public static byte[] UnknownMethod(JsonElement id) => Write(writer =>
    {
        WriteId(writer, id);
        writer.WriteNull("result");
        writer.WriteString("error", "unknown method");
    });

    private static void WriteId(Utf8JsonWriter writer, JsonElement id)
    {
        writer.WritePropertyName("id");
        id.WriteTo(writer);
    }

    private static byte[] Write(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, WriterOptions))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
