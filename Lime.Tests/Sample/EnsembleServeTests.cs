using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Lime.Apps.Sample.Commands;
using Lime.Core.Emulation;
using Lime.Tests.Sample.Decoding;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: ensembles by the operator API and the command line, end to end. Method: <c>serve</c> and
/// <c>migrate --ensemble</c> in this process, emulated switches connected over TCP, real time.</remarks>
[Category("Socket")]
[CancelAfter(60_000)]
internal sealed class EnsembleServeTests
{
    private const string Plan = """{"switches": [{"switch": "s3", "target": "s4"}], "evidence": "barrier"}""";

    private static readonly string[] Figure3 =
        ["--network", NetworkFileTests.SampleFile("figure3.json"), "--app", "learning-switch"];

    [Test]
    public async Task An_ensemble_is_looked_at_migrated_shown_and_taken_back()
    {
        await using ServedNetwork served = await ServedNetwork.StartAsync(EmulatedSwitchOptions.Default, Figure3);
        using var folder = new TemporaryFolder();
        string file = folder.Write("plan.json", Encoding.UTF8.GetBytes(Plan));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{served.Operator}") };

        CommandRun look = await CommandRun.OfAsync(
            "migrate", "--ensemble", file, "--dry-run", "--operator", served.Operator);
        Assert.That((look.ExitCode, look.Error), Is.EqualTo((ExitCode.Success, "")), look.Output);
        Assert.That(look.Output, Does.Contain("dry run; nothing was done").And.Contain("the plan holds"));

        CommandRun run = await CommandRun.OfAsync("migrate", "--ensemble", file, "--operator", served.Operator);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Output + run.Error);
        Assert.That(run.Output, Does.Contain("ensemble 1: s3, clone").And.Contain("completed"));
        Assert.That(await served.OnLoopAsync(() => served.Network.Switch("s3").FlowCount), Is.Zero);

        JsonNode shown = JsonNode.Parse(await http.GetStringAsync("/api/v1/ensembles/1"))!;
        Assert.That((int)shown["id"]!, Is.EqualTo(1));
        JsonArray all = JsonNode.Parse(await http.GetStringAsync("/api/v1/ensembles"))!["ensembles"]!.AsArray();
        Assert.That(all, Has.Count.EqualTo(1));

        using HttpResponseMessage undo = await http.PostAsync("/api/v1/ensembles/1/undo", null);
        Assert.That(undo.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        string[] news = (await http.GetStringAsync("/api/v1/ensembles/2/events")).Trim().Split('\n');
        Assert.That((string)JsonNode.Parse(news[^1])!["phase"]!, Is.EqualTo("completed"));
        Assert.That(await served.OnLoopAsync(() => served.Network.Switch("s4").FlowCount), Is.Zero);
        using HttpResponseMessage none = await http.GetAsync("/api/v1/ensembles/9");
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Of_two_who_move_the_same_switch_one_wins_and_the_other_is_told_at_once()
    {
        await using ServedNetwork served = await ServedNetwork.StartAsync(EmulatedSwitchOptions.Default, Figure3);
        using var folder = new TemporaryFolder();
        string file = folder.Write("plan.json", Encoding.UTF8.GetBytes(Plan));
        Task<CommandRun> first = CommandRun.OfAsync(
            "migrate", "s3", "--to", "s4", "--pause", "1500", "--operator", served.Operator);
        await served.Output.LineAsync("migration 1 cloned");

        CommandRun second = await CommandRun.OfAsync("migrate", "s3", "--to", "s4", "--operator", served.Operator);
        CommandRun third = await CommandRun.OfAsync("migrate", "--ensemble", file, "--operator", served.Operator);
        foreach (CommandRun each in new[] { second, third })
        {
            Assert.That(each.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
            Assert.That(each.Error, Does.Contain("s3 is part of migration 1, which is under way."));
        }
        using var http = new HttpClient { BaseAddress = new Uri($"http://{served.Operator}") };
        using var body = new StringContent(Plan, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync("/api/v1/ensembles", body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await first).ExitCode, Is.EqualTo(ExitCode.Success), "the first one goes on");
    }

    [Test]
    public async Task A_plan_with_faults_is_refused_with_their_places()
    {
        await using ServedNetwork served = await ServedNetwork.StartAsync(EmulatedSwitchOptions.Default, Figure3);
        using var folder = new TemporaryFolder();
        string file = folder.Write("plan.json", Encoding.UTF8.GetBytes(
            """{"switches": [{"switch": "s9", "target": "s4"}, {"switch": "s3", "target": "s4"}]}"""));
        CommandRun run = await CommandRun.OfAsync("migrate", "--ensemble", file, "--operator", served.Operator);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.Contain("plan.json: ").And.Contain("$.switches["));
    }
}
