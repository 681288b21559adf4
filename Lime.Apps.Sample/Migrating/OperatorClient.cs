using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Operator.Documents;

namespace Lime.Apps.Sample.Migrating;

/// <summary>Calls the operator API of a running controller.</summary>
internal sealed class OperatorClient : IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(35);

    private readonly Uri _server;
    private readonly HttpClient _http;

    public OperatorClient(Uri server, string? token)
    {
        _server = server;
        // A proxy set in the environment is not for the controller on this machine.
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        // Each request has its own time limit but the events, which go on as long as the migration does.
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public Task<MigrationDocument> StartAsync(MigrationRequest request) =>
        PostAsync("/api/v1/migrations", request, OperatorJson.Default.MigrationDocument);

    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public Task<PreviewDocument> PreviewAsync(MigrationRequest request) =>
        PostAsync("/api/v1/migrations/preview", request, OperatorJson.Default.PreviewDocument);

    /// <summary>Starts the migration of an ensemble by a plan file's text.</summary>
    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public Task<EnsembleDocument> StartEnsembleAsync(byte[] plan) =>
        PostTextAsync("/api/v1/ensembles", plan, OperatorJson.Default.EnsembleDocument);

    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public Task<EnsemblePreviewDocument> PreviewEnsembleAsync(byte[] plan) =>
        PostTextAsync("/api/v1/ensembles/preview", plan, OperatorJson.Default.EnsemblePreviewDocument);

    /// <summary>Starts the migration that takes another back.</summary>
    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public Task<MigrationDocument> UndoAsync(int id) =>
        PostAsync($"/api/v1/migrations/{id}/undo", (HttpContent?)null, OperatorJson.Default.MigrationDocument);

    private async Task<T> PostAsync<T>(string path, MigrationRequest request, JsonTypeInfo<T> answer)
    {
        using var body = JsonContent.Create(request, OperatorJson.Default.MigrationRequest);
        return await PostAsync(path, body, answer);
    }

    private async Task<T> PostTextAsync<T>(string path, byte[] text, JsonTypeInfo<T> answer)
    {
        using var body = new ByteArrayContent(text);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await PostAsync(path, body, answer);
    }

    /// <summary>Asks for something about virtual networks.</summary>
    /// <param name="method">What is to be done.</param>
    /// <param name="path">Below <c>/api/v1/networks</c>; empty: all of them.</param>
    /// <param name="network">A network's JSON, for methods that take it.</param>
    /// <returns>The answer's JSON; empty if there is nothing to say.</returns>
    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public async Task<string> AskOfNetworksAsync(HttpMethod method, string path, byte[]? network = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/networks" + path);
        if (network is not null)
        {
            request.Content = new ByteArrayContent(network);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        return await AskAsync(request, static (content, stop) => content.ReadAsStringAsync(stop));
    }

    private async Task<T> PostAsync<T>(string path, HttpContent? body, JsonTypeInfo<T> answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        return await AskAsync(request, async (content, stop) =>
            await content.ReadFromJsonAsync(answer, stop) ?? throw new JsonException("an empty answer"));
    }

    private async Task<T> AskAsync<T>(
        HttpRequestMessage request, Func<HttpContent, CancellationToken, Task<T>> read)
    {
        using var limit = new CancellationTokenSource(AnswerTime);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
                throw new CommandFailedException(await DescribeAsync(response, limit.Token));
            return await read(response.Content, limit.Token);
        }
        catch (Exception exception) when (IsTransport(exception))
        {
            throw new CommandFailedException(
                $"{_server}: no controller answers here ({exception.Message}). Is 'serve --operator "
                + $"{_server.Authority}' running? --operator URL names another place.");
        }
    }

    /// <summary>What happens in a migration, until it has ended.</summary>
    /// <exception cref="CommandFailedException">The controller went away.</exception>
    public IAsyncEnumerable<ProgressDocument> WatchAsync(int id, CancellationToken cancellationToken = default) =>
        WatchAsync(
            ("migrations", id), OperatorJson.Default.ProgressDocument, static each => each.IsFinal, cancellationToken);

    /// <summary>What happens in an ensemble's migration, until it has ended.</summary>
    /// <exception cref="CommandFailedException">The controller went away.</exception>
    public IAsyncEnumerable<EnsembleProgressDocument> WatchEnsembleAsync(
        int id, CancellationToken cancellationToken = default) => WatchAsync(
            ("ensembles", id), OperatorJson.Default.EnsembleProgressDocument, static each => each.IsFinal,
            cancellationToken);

    private async IAsyncEnumerable<T> WatchAsync<T>(
        (string Kind, int Id) watched, JsonTypeInfo<T> type, Func<T, bool> isFinal,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader events = await OpenEventsAsync(watched, cancellationToken);
        while (await ReadLineAsync(events, watched.Id, cancellationToken) is { } line)
        {
            T progress = JsonSerializer.Deserialize(line, type)!;
            yield return progress;
            if (isFinal(progress)) yield break;
        }
        throw LostSight(watched.Id, "the connection was closed");
    }

    /// <exception cref="CommandFailedException">The controller went away.</exception>
    public Task AbortAsync(int id) => AbortAsync("migrations", id);

    /// <exception cref="CommandFailedException">The controller went away.</exception>
    public Task AbortEnsembleAsync(int id) => AbortAsync("ensembles", id);

    private async Task AbortAsync(string kind, int id)
    {
        using var limit = new CancellationTokenSource(AnswerTime);
        try
        {
            using HttpResponseMessage response = await _http.DeleteAsync($"/api/v1/{kind}/{id}", limit.Token);
            if (!response.IsSuccessStatusCode) throw LostSight(id, await DescribeAsync(response, limit.Token));
        }
        catch (Exception exception) when (IsTransport(exception))
        {
            throw LostSight(id, exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<StreamReader> OpenEventsAsync(
        (string Kind, int Id) watched, CancellationToken cancellationToken)
    {
        try
        {
            string path = $"/api/v1/{watched.Kind}/{watched.Id}/events";
            return new StreamReader(await _http.GetStreamAsync(path, cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw LostSight(watched.Id, exception.Message);
        }
    }

    private static async Task<string?> ReadLineAsync(
        StreamReader events, int id, CancellationToken cancellationToken)
    {
        try
        {
            return await events.ReadLineAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw LostSight(id, exception.Message);
        }
    }

    private static CommandFailedException LostSight(int id, string cause) => new(
        $"migration {id}: lost sight of it ({cause}); how it ended is not known.", ExitCode.LostSight);

    private static bool IsTransport(Exception exception) =>
        exception is HttpRequestException or OperationCanceledException or JsonException;

    private static async Task<string> DescribeAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != ProblemDocument.MediaType)
            return $"the controller answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        ProblemDocument? problem = await response.Content.ReadFromJsonAsync(
            OperatorJson.Default.ProblemDocument, cancellationToken);
        IEnumerable<string> faults = (problem?.Errors ?? []).Select(each => each.ToString());
        return string.Join(Environment.NewLine, [problem?.Detail ?? "", .. faults]);
    }
}
