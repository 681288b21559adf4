using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace Lime.Tests.Ovsdb;

/// <summary>The other end of a connection to a database: says what the test tells it to, byte for byte, and keeps what
/// it hears, cut into messages by another parser than the client's.</summary>
internal sealed class ScriptedServer(IDuplexPipe transport)
{
    private readonly ArrayBufferWriter<byte> _unread = new();
    private int _taken;

    /// <summary>Everything heard so far, a message each.</summary>
    public List<JsonElement> Heard { get; } = [];

    /// <summary>Whether the client ended its stream, or the server left.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Everything heard so far, a line each.</summary>
    public string HeardText => string.Join('\n', Heard.Select(each => each.GetRawText()));

    public JsonElement Last => Heard[^1];

    /// <summary>The messages heard of a method.</summary>
    public List<JsonElement> HeardOf(string method) => Heard.FindAll(each => MethodOf(each) == method);

    public static string? MethodOf(JsonElement message) =>
        message.TryGetProperty("method", out JsonElement method) ? method.GetString() : null;

    public void Say(string text) => SayBytes(Encoding.UTF8.GetBytes(text));

    public void SayBytes(ReadOnlySpan<byte> bytes)
    {
        transport.Output.Write(bytes);
        ValueTask<FlushResult> flush = transport.Output.FlushAsync();
        Assert.That(flush.IsCompleted, Is.True, "The client does not take what the server says.");
    }

    /// <summary>Answers the last message heard of a method.</summary>
    public void Answer(string method, string result) => Answer(HeardOf(method)[^1], result);

    public void Answer(JsonElement asked, string result)
    {
        Say($$"""{"id":{{asked.GetProperty("id").GetRawText()}},"result":{{result}},"error":null}""");
    }

    public void Refuse(string method, string error)
    {
        JsonElement asked = HeardOf(method)[^1];
        Say($$"""{"id":{{asked.GetProperty("id").GetRawText()}},"error":{{error}}}""");
    }

    /// <summary>Reads all that is there; a server that is not told to listen reads nothing.</summary>
    public void Listen()
    {
        while (!IsEnded && transport.Input.TryRead(out ReadResult result))
        {
            foreach (ReadOnlyMemory<byte> piece in result.Buffer) _unread.Write(piece.Span);
            transport.Input.AdvanceTo(result.Buffer.End);
            IsEnded = result.IsCompleted;
        }
        while (TryTake(out JsonElement message)) Heard.Add(message);
    }

    public void Leave(Exception? exception = null)
    {
        IsEnded = true;
        transport.Output.Complete(exception);
        transport.Input.Complete();
    }

    private bool TryTake(out JsonElement message)
    {
        message = default;
        var reader = new Utf8JsonReader(_unread.WrittenSpan[_taken..], isFinalBlock: false, state: default);
        if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document)) return false;
        using (document) message = document.RootElement.Clone();
        _taken += (int)reader.BytesConsumed;
        return true;
    }
}
