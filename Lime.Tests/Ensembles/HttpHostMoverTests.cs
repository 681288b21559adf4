using System.Net;
using System.Text;
using System.Text.Json;
using Lime.Core.Migration;
using Lime.OpenFlow.Identifiers;
using NUnit.Framework;

namespace Lime.Tests.Ensembles;

/// <remarks>Goal: an operator's tool moves hosts by what the mover's remarks say and no more. Method: a scripted tool
/// behind the HTTP client, in process.</remarks>
public sealed class HttpHostMoverTests
{
    private static readonly HostMove Move = new(
        "h1", MacAddress.Parse("02:00:00:00:00:01"), new HostPlace("a1", new DatapathId(0xa1), new PortNumber(11)),
        new HostPlace("b1", new DatapathId(0xb1), new PortNumber(31)));

    [Test]
    public async Task A_tool_that_only_says_done_is_enough()
    {
        var tool = new ScriptedTool("{\"state\":\"done\"}\n");
        using var mover = new HttpHostMover(new Uri("http://tool/move"), tool);
        var progress = new Told();
        await mover.MoveAsync(Move, progress, CancellationToken.None);
        JsonElement asked = JsonDocument.Parse(tool.Asked.Single()).RootElement;
        Assert.That(asked.GetProperty("event").GetString(), Is.EqualTo("move"));
        Assert.That(asked.GetProperty("host").GetString(), Is.EqualTo("h1"));
        Assert.That(asked.GetProperty("mac").GetString(), Is.EqualTo("02:00:00:00:00:01"));
        Assert.That(asked.GetProperty("from").GetProperty("port").GetInt32(), Is.EqualTo(11));
        Assert.That(asked.GetProperty("to").GetProperty("switch").GetString(), Is.EqualTo("b1"));
        Assert.That((progress.Pauses, progress.Resumes), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_pause_is_followed_and_the_tool_told_when_the_network_is_ready()
    {
        var tool = new ScriptedTool("{\"state\":\"paused\"}\n\n{\"state\":\"resumed\"}\n{\"state\":\"done\"}\n");
        using var mover = new HttpHostMover(new Uri("http://tool/move"), tool);
        var progress = new Told();
        await mover.MoveAsync(Move, progress, CancellationToken.None);
        Assert.That((progress.Pauses, progress.Resumes), Is.EqualTo((1, 1)));
        Assert.That(tool.Asked[^1], Does.StartWith("{\"event\":\"ready\",\"host\":\"h1\""));
    }

    [TestCase("{\"state\":\"failed\",\"reason\":\"No room.\"}\n", HttpStatusCode.OK, "No room.")]
    [TestCase("", HttpStatusCode.OK, "did not say how the move ended")]
    [TestCase("{\"state\":\"perhaps\"}\n", HttpStatusCode.OK, "no state of a move")]
    [TestCase("done\n", HttpStatusCode.OK, "no state of a move")]
    [TestCase("", HttpStatusCode.ServiceUnavailable, "answered 503")]
    public void Whatever_else_it_says_the_move_has_failed(string answer, HttpStatusCode status, string expected)
    {
        using var mover = new HttpHostMover(new Uri("http://tool/move"), new ScriptedTool(answer, status));
        Assert.That(
            async () => await mover.MoveAsync(Move, new Told(), CancellationToken.None),
            Throws.InvalidOperationException.With.Message.Contains(expected));
    }

    private sealed class Told : IHostMoveProgress
    {
        public int Pauses { get; private set; }

        public int Resumes { get; private set; }

        public Task PausedAsync()
        {
            Pauses++;
            return Task.CompletedTask;
        }

        public void Resumed() => Resumes++;
    }

    private sealed class ScriptedTool(string answer, HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var read = new StreamReader(request.Content!.ReadAsStream(cancellationToken));
            Asked.Add(read.ReadToEnd());
            return Task.FromResult(new HttpResponseMessage(status)
            {
                Content = new StringContent(answer, Encoding.UTF8, "application/json"),
            });
        }
    }
}
