using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Operator;
using Lime.Core.Hosting;
using Lime.Core.Networks;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Sample.Decoding;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: operators make, see, change and delete virtual networks over HTTP. Method: the API over a real
/// controller whose switches are not connected.</remarks>
[Category("Socket")]
internal sealed class NetworkApiTests
{
    private const string Red = """
        { "name": "red", "virtualSwitches": [
            { "name": "red1", "datapath": "0x11", "on": "rack", "ports": [ { "virtual": 1, "physical": 1 } ],
              "quota": { "rules": 100 } } ] }
        """;

    private LimeController _controller = null!;
    private OperatorServer _server = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _controller = new LimeController(
            new LimeOptions
            {
                Network = new NetworkDescription { PhysicalSwitches = [new("rack", new DatapathId(1))] },
            },
            []);
        var backend = new OperatorBackend
        {
            VirtualSwitches = () => _controller.VirtualSwitches,
            PhysicalSwitches = () => _controller.PhysicalSwitches,
            Ensembles = _controller.Ensembles,
            Networks = _controller.Networks,
        };
        _server = await OperatorServer.StartAsync(
            new IPEndPoint(IPAddress.Loopback, 0), null, backend, NullLoggerFactory.Instance);
        _http = new HttpClient { BaseAddress = new Uri($"http://{_server.EndPoint}") };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        await _controller.DisposeAsync();
    }

    [Test]
    public async Task A_network_is_made_shown_changed_and_deleted()
    {
        JsonElement made = await AskAsync(HttpMethod.Post, "", HttpStatusCode.Created, Red);
        Assert.That(made.GetProperty("virtualSwitches")[0].GetProperty("on").GetString(), Is.EqualTo("rack"));
        Assert.That(_controller.VirtualSwitches.Single().Name, Is.EqualTo("red1"));
        JsonElement list = (await AskAsync(HttpMethod.Get, "", HttpStatusCode.OK)).GetProperty("networks");
        Assert.That(list.EnumerateArray().Select(each => each.GetProperty("name").GetString()),
            Is.EqualTo((string[])["default", "red"]));

        JsonElement shown = await AskAsync(HttpMethod.Get, "/red", HttpStatusCode.OK);
        string again = shown.GetRawText().Replace("100", "7", StringComparison.Ordinal);
        JsonElement changed = await AskAsync(HttpMethod.Put, "/red", HttpStatusCode.OK, again);
        Assert.That(
            changed.GetProperty("virtualSwitches")[0].GetProperty("quota").GetProperty("rules").GetInt32(),
            Is.EqualTo(7));
        Assert.That(_controller.Uses.Single().Quota.RulesMax, Is.EqualTo(7));

        await AskAsync(HttpMethod.Delete, "/red", HttpStatusCode.NoContent);
        Assert.That(_controller.VirtualSwitches, Is.Empty);
        await AskAsync(HttpMethod.Get, "/red", HttpStatusCode.NotFound);
        await AskAsync(HttpMethod.Delete, "/red", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task What_can_t_be_is_refused_with_its_place()
    {
        await AskAsync(HttpMethod.Post, "", HttpStatusCode.Created, Red);
        await AskAsync(HttpMethod.Post, "", HttpStatusCode.Conflict, Red);
        string blue = Red.Replace("red", "blue", StringComparison.Ordinal)
            .Replace("0x11", "0x12", StringComparison.Ordinal);

        JsonElement taken = await AskAsync(HttpMethod.Post, "", HttpStatusCode.UnprocessableEntity, blue);
        Assert.That(
            taken.GetProperty("errors")[0].GetProperty("path").GetString(),
            Is.EqualTo("$.virtualSwitches[0].ports[0].physical"));
        JsonElement nowhere = await AskAsync(
            HttpMethod.Post, "", HttpStatusCode.BadRequest, blue.Replace("rack", "attic", StringComparison.Ordinal));
        Assert.That(
            nowhere.GetProperty("errors")[0].GetProperty("path").GetString(), Is.EqualTo("$.virtualSwitches[0].on"));
        JsonElement odd = await AskAsync(HttpMethod.Put, "/red", HttpStatusCode.BadRequest, blue);
        Assert.That(odd.GetProperty("errors")[0].GetProperty("path").GetString(), Is.EqualTo("$.name"));
        await AskAsync(HttpMethod.Put, "/blue", HttpStatusCode.NotFound, blue);
    }

    [Test]
    public async Task The_command_makes_lists_shows_changes_and_deletes_networks()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("red.json", Encoding.UTF8.GetBytes(Red));
        Assert.That((await RunAsync("create", file)).Output.Trim(), Is.EqualTo("red is made"));
        Assert.That((await RunAsync("list")).Output, Does.Contain("red: red1 ("));
        string shown = (await RunAsync("show", "red")).Output;
        Assert.That(JsonDocument.Parse(shown).RootElement.GetProperty("name").GetString(), Is.EqualTo("red"));
        folder.Write("red.json", Encoding.UTF8.GetBytes(shown.Replace("100", "7", StringComparison.Ordinal)));
        Assert.That((await RunAsync("change", file)).Output.Trim(), Is.EqualTo("red is changed"));
        Assert.That(_controller.Uses.Single().Quota.RulesMax, Is.EqualTo(7));
        Assert.That((await RunAsync("delete", "red")).Output.Trim(), Is.EqualTo("red is deleted"));
        Assert.That(_controller.VirtualSwitches, Is.Empty);
    }

    [Test]
    public async Task The_command_tells_what_is_wrong_by_its_path()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("red.json", Encoding.UTF8.GetBytes(Red));
        string odd = folder.Write(
            "odd.json", Encoding.UTF8.GetBytes(Red.Replace("rack", "attic", StringComparison.Ordinal)));
        CommandRun create = await RunAsync("create", odd);
        Assert.That(create.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(create.Error, Does.Contain("odd.json: ").And.Contain("$.virtualSwitches[0].on"));
        Assert.That((await RunAsync("change", file)).Error, Does.Contain("red"), "there is none yet");
        Assert.That((await RunAsync("show", "red")).ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That((await RunAsync("delete", "red")).ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        string nameless = folder.Write("nameless.json", "{}"u8.ToArray());
        Assert.That((await RunAsync("change", nameless)).Error, Does.Contain("$.name"));
        Assert.That((await RunAsync("create", "nowhere.json")).Error, Does.Contain("there is no such file"));
        await RunAsync("create", file);
        Assert.That((await RunAsync("create", file)).ExitCode, Is.EqualTo(ExitCode.CouldNotStart), "twice");
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.OfAsync(["networks", .. args, "--operator", _http.BaseAddress!.Authority]);

    private async Task<JsonElement> AskAsync(
        HttpMethod method, string path, HttpStatusCode expected, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/networks" + path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
