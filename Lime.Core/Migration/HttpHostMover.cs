using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Lime.Core.Migration;

/// <summary>Has hosts moved by an operator's own tool over HTTP.</summary>
/// <remarks>
/// For each move one POST: <c>{"event":"move","host":"h1","mac":"02:00:00:00:00:01","from":{"switch":"a1",
/// "datapath":"00000000000000a1","port":11},"to":{...}}</c>. The tool answers with lines of JSON, as it gets on:
/// <c>{"state":"paused"}</c> when the host stands still, <c>{"state":"resumed"}</c> when it goes on, and at the end
/// <c>{"state":"done"}</c> or <c>{"state":"failed","reason":"..."}</c>; only the end is needed. Behind "paused" Lime
/// posts <c>{"event":"ready","host":"h1"}</c> once the network delivers at the new place (or
/// <c>{"event":"refused",...}</c>: then the host has to go on at the old one), and
/// <c>{"event":"cancel","host":"h1"}</c>
/// when a move is not wanted any more; how it ended is awaited all the same. Threading: any thread.
/// </remarks>
public sealed class HttpHostMover : IHostMover, IDisposable
{
    private const int LineCharsMax = 65_536;

    private readonly Uri _tool;
    private readonly HttpClient _http;

    /// <summary>Makes a mover.</summary>
    /// <param name="tool">Where the tool takes requests; http or https.</param>
    /// <param name="handler">How it is called; null: directly, by no proxy.</param>
    public HttpHostMover(Uri tool, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(tool);
        if (tool.Scheme is not ("http" or "https")) throw new ArgumentException("http or https.", nameof(tool));
        _tool = tool;
        // A move lasts as long as it lasts; what bounds it is the plan.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { UseProxy = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public async Task MoveAsync(HostMove move, IHostMoveProgress progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var request = new HttpRequestMessage(HttpMethod.Post, _tool) { Content = Write("move", move) };
        using HttpResponseMessage response =
            await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        await using CancellationTokenRegistration cancelling =
            cancellationToken.Register(() => _ = TryTellAsync("cancel", move));
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"{_tool} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(CancellationToken.None));
        while (await lines.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.Length == 0) continue;
            if (Take(line, move, progress)) return;
        }
        throw new InvalidOperationException($"{_tool} did not say how the move ended.");
    }

    /// <summary>Ends its connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <returns>Whether the move is done.</returns>
    private bool Take(string line, HostMove move, IHostMoveProgress progress)
    {
        (string? state, string? reason) = Read(line);
        switch (state)
        {
            case "done":
                return true;
            case "failed":
                throw new InvalidOperationException(reason ?? $"{_tool} says that it failed.");
            case "paused":
                _ = AnswerPauseAsync(move, progress);
                return false;
            case "resumed":
                progress.Resumed();
                return false;
            default:
                throw new InvalidOperationException($"{_tool} said what is no state of a move: {Shorten(line)}");
        }
    }

    private async Task AnswerPauseAsync(HostMove move, IHostMoveProgress progress)
    {
        bool isReady = await IsReadyAsync(progress);
        await TryTellAsync(isReady ? "ready" : "refused", move);
    }

    private static async Task<bool> IsReadyAsync(IHostMoveProgress progress)
    {
        try
        {
            await progress.PausedAsync();
            return true;
        }
        catch (Exception)
        {
            // Why is Lime's to report; the tool only has to know that the host is to go on where it was.
            return false;
        }
    }

    /// <summary>A tool that can't be told ends the move by its own time limit, or by Lime's.</summary>
    private async Task TryTellAsync(string what, HostMove move)
    {
        try
        {
            using HttpResponseMessage response = await _http.PostAsync(_tool, Write(what, move));
        }
        catch (HttpRequestException)
        {
            return;
        }
    }

    private static (string? State, string? Reason) Read(string line)
    {
        if (line.Length > LineCharsMax) return (null, null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return (null, null);
            return (TextOf(root, "state"), TextOf(root, "reason"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()
            : null;

    private static string Shorten(string line) => line.Length <= 200 ? line : line[..200] + "...";

    private static ByteArrayContent Write(string what, HostMove move)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event", what);
            json.WriteString("host", move.Host);
            if (move.Mac is { } mac) json.WriteString("mac", mac.ToString());
            Write(json, "from", move.From);
            Write(json, "to", move.To);
            json.WriteEndObject();
        }
        var content = new ByteArrayContent(buffer.WrittenSpan.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static void Write(Utf8JsonWriter json, string name, HostPlace place)
    {
        json.WriteStartObject(name);
        json.WriteString("switch", place.SwitchName);
        json.WriteString("datapath", place.Datapath.ToString());
        json.WriteNumber("port", place.Port.Value);
        json.WriteEndObject();
    }
}
