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

    /// <summary>Starts the migration that takes another back.</summary>
    /// <exception cref="CommandFailedException">Nobody answers, or the controller refuses.</exception>
    public Task<MigrationDocument> UndoAsync(int id) =>
        PostAsync($"/api/v1/migrations/{id}/undo", null, OperatorJson.Default.MigrationDocument);

    private async Task<T> PostAsync<T>(string path, MigrationRequest? request, JsonTypeInfo<T> answer)
    {
        using var limit = new CancellationTokenSource(AnswerTime);
        using JsonContent? body = request is null
            ? null
            : JsonContent.Create(request, OperatorJson.Default.MigrationRequest);
        try
        {
            using HttpResponseMessage response = await _http.PostAsync(path, body, limit.Token);
            if (!response.IsSuccessStatusCode)
                throw new CommandFailedException(await DescribeAsync(response, limit.Token));
            return await response.Content.ReadFromJsonAsync(answer, limit.Token)
                ?? throw new JsonException("an empty answer");
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
    public async IAsyncEnumerable<ProgressDocument> WatchAsync(
        int id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using StreamReader events = await OpenEventsAsync(id, cancellationToken);
        while (await ReadLineAsync(events, id, cancellationToken) is { } line)
        {
            ProgressDocument progress = JsonSerializer.Deserialize(line, OperatorJson.Default.ProgressDocument)!;
            yield return progress;
            if (progress.IsFinal) yield break;
        }
        throw LostSight(id, "the connection was closed");
    }

    /// <exception cref="CommandFailedException">The controller went away.</exception>
    public async Task AbortAsync(int id)
    {
        using var limit = new CancellationTokenSource(AnswerTime);
        try
        {
            using HttpResponseMessage response = await _http.DeleteAsync($"/api/v1/migrations/{id}", limit.Token);
            if (!response.IsSuccessStatusCode) throw LostSight(id, await DescribeAsync(response, limit.Token));
        }
        catch (Exception exception) when (IsTransport(exception))
        {
            throw LostSight(id, exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<StreamReader> OpenEventsAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            string path = $"/api/v1/migrations/{id}/events";
            return new StreamReader(await _http.GetStreamAsync(path, cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw LostSight(id, exception.Message);
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
