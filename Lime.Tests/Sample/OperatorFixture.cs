using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lime.Apps.Sample.Operator;
using Lime.Core.Hosting;
using Lime.OpenFlow.Identifiers;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <summary>The operator API on loopback, over switches and migrations of the test's making.</summary>
internal sealed class OperatorFixture : IAsyncDisposable
{
    private readonly OperatorServer _server;

    private OperatorFixture(OperatorServer server, ScriptedEnsembles ensembles)
    {
        _server = server;
        Ensembles = ensembles;
        Http = new HttpClient { BaseAddress = Url };
    }

    public ScriptedEnsembles Ensembles { get; }

    public HttpClient Http { get; }

    public Uri Url => new($"http://{_server.EndPoint}");

    public static async Task<OperatorFixture> StartAsync(
        string? token = null, RecordingSwitch? virtualSwitch = null, bool abortsAtOnce = false)
    {
        var ensembles = new ScriptedEnsembles { AbortsAtOnce = abortsAtOnce };
        RecordingSwitch only = virtualSwitch ?? new RecordingSwitch(3) { Name = "s3" };
        var backend = new OperatorBackend
        {
            VirtualSwitches = () => [only],
            PhysicalSwitches = () =>
            [
                new(new DatapathId(3), "s3", PhysicalSwitchUse.Instance, true) { Realises = "s3" },
                new(new DatapathId(4), "s4", PhysicalSwitchUse.Spare, true),
            ],
            Ensembles = ensembles,
        };
        OperatorServer server = await OperatorServer.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0), token, backend, NullLoggerFactory.Instance);
        return new OperatorFixture(server, ensembles);
    }

    /// <summary>The answer's JSON, after its status was checked.</summary>
    public async Task<JsonElement> AskAsync(
        HttpMethod method, string path, HttpStatusCode expected, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        return await AskAsync(request, expected);
    }

    public async Task<JsonElement> AskAsync(HttpRequestMessage request, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        string mediaType = (int)expected < 400 ? "application/json" : "application/problem+json";
        Assert.That(response.StatusCode, Is.EqualTo(expected), text);
        Assert.That(
            response.Content.Headers.ContentType?.MediaType, Is.EqualTo(mediaType), text);
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}
