using System.Net;
using System.Text.Json;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.Operator;
using Lime.Core.Migration;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;
using Lime.OpenFlow.Messages.Multipart;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the operator API answers as documented, and bad requests with problems that say what was
/// expected. Method: HTTP over loopback, switches and migrations scripted.</remarks>
[Category("Socket")]
internal sealed class OperatorApiTests
{
    private const string Api = "/api/v1";
    private OperatorFixture _operator = null!;

    [SetUp]
    public async Task StartAsync() => _operator = await OperatorFixture.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _operator.DisposeAsync();

    [Test]
    public async Task Switches_physical_switches_ports_and_networks_are_listed()
    {
        JsonElement switches = await GetAsync("/switches");
        JsonElement only = switches.GetProperty("switches").EnumerateArray().Single();
        Assert.That(only.GetProperty("name").GetString(), Is.EqualTo("s3"));
        Assert.That(only.GetProperty("datapath").GetString(), Is.EqualTo("0000000000000003"));
        Assert.That(only.GetProperty("isConnected").GetBoolean(), Is.True);
        Assert.That(only.GetProperty("realisedBy")[0].GetString(), Is.EqualTo("s3"));

        JsonElement ports = await GetAsync("/switches/s3/ports");
        Assert.That(ports.GetProperty("ports")[0].GetProperty("port").GetInt32(), Is.EqualTo(1));
        Assert.That(await GetAsync("/switches/0000000000000003/ports"), Is.Not.EqualTo(default(JsonElement)));

        JsonElement physical = (await GetAsync("/physical-switches")).GetProperty("physicalSwitches");
        Assert.That(physical.EnumerateArray().Select(each => each.GetProperty("use").GetString()),
            Is.EqualTo((string[])["instance", "spare"]));

        JsonElement network = (await GetAsync("/networks")).GetProperty("networks")[0];
        Assert.That(network.GetProperty("source").GetString(), Is.EqualTo("one-to-one"));
        Assert.That(network.GetProperty("virtualSwitches")[0].GetString(), Is.EqualTo("s3"));
    }

    [Test]
    public async Task Rules_are_listed_up_to_the_limit_with_their_total()
    {
        var flow = new FlowStatistics
        {
            Match = Match.Any.WithInPort(new PortNumber(1)),
            Actions = ActionList.Output(new PortNumber(2)),
            Priority = 7,
            PacketCount = ulong.MaxValue,
        };
        var virtualSwitch = new RecordingSwitch { Flows = [.. Enumerable.Repeat(flow, 5)] };
        await using OperatorFixture other = await OperatorFixture.StartAsync(virtualSwitch: virtualSwitch);

        JsonElement rules = await other.AskAsync(
            HttpMethod.Get, Api + "/switches/s1/rules?limit=2", HttpStatusCode.OK);

        Assert.That(rules.GetProperty("totalCount").GetInt32(), Is.EqualTo(5));
        Assert.That(rules.GetProperty("rules").GetArrayLength(), Is.EqualTo(2));
        JsonElement rule = rules.GetProperty("rules")[0];
        Assert.That(rule.GetProperty("match").GetString(), Is.EqualTo("in_port=1"));
        Assert.That(rule.GetProperty("actions").GetString(), Is.EqualTo("output:2"));
        Assert.That(rule.GetProperty("packets").GetUInt64(), Is.EqualTo(ulong.MaxValue));
        await other.AskAsync(HttpMethod.Get, Api + "/switches/s1/rules?limit=0", HttpStatusCode.BadRequest);
    }

    [TestCase(RequestFailure.TimedOut, HttpStatusCode.GatewayTimeout)]
    [TestCase(RequestFailure.NotConnected, HttpStatusCode.ServiceUnavailable)]
    [TestCase(RequestFailure.Refused, HttpStatusCode.BadGateway)]
    public async Task A_switch_that_does_not_answer_is_a_problem_with_its_reason(
        RequestFailure failure, HttpStatusCode expected)
    {
        var virtualSwitch = new RecordingSwitch { RequestFailure = new(failure, "flow statistics: no answer") };
        await using OperatorFixture other = await OperatorFixture.StartAsync(virtualSwitch: virtualSwitch);

        JsonElement problem = await other.AskAsync(HttpMethod.Get, Api + "/switches/s1/rules", expected);

        Assert.That(problem.GetProperty("detail").GetString(), Is.EqualTo("flow statistics: no answer"));
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo((int)expected));
    }

    [Test]
    public async Task A_migration_is_started_as_asked_for_and_can_be_looked_up()
    {
        JsonElement started = await PostAsync("""
            {"switch":"s3","target":"s4","method":"freeze-and-copy","deadlineSeconds":1.5,"drainQuietMs":0,
             "targetPorts":[{"virtual":1,"physical":5}]}
            """, HttpStatusCode.Created);

        MigrationPlan plan = (await _operator.Ensembles.Started).Plan;
        Assert.That(plan.Switch, Is.EqualTo("s3"));
        Assert.That(plan.Target, Is.EqualTo(new DatapathId(4)));
        Assert.That(plan.Method, Is.EqualTo(MigrationMethod.FreezeAndCopy));
        Assert.That(plan.Deadline, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
        Assert.That(plan.DrainQuietTime, Is.EqualTo(TimeSpan.Zero));
        Assert.That(plan.TargetPorts.Single().PhysicalPort, Is.EqualTo(new PortNumber(5)));
        Assert.That(started.GetProperty("id").GetInt32(), Is.EqualTo(1));
        JsonElement found = await GetAsync("/migrations/1");
        Assert.That(found.GetProperty("progress").GetProperty("phase").GetString(), Is.EqualTo("preparing"));
        Assert.That((await GetAsync("/migrations")).GetProperty("migrations").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_interval_between_attachments_is_taken_and_shown()
    {
        JsonElement started = await PostAsync(
            """{"switch":"s3","target":"s4","attachmentIntervalMs":50.5}""", HttpStatusCode.Created);

        MigrationPlan plan = (await _operator.Ensembles.Started).Plan;
        Assert.That(plan.AttachmentInterval, Is.EqualTo(TimeSpan.FromMilliseconds(50.5)));
        Assert.That(started.GetProperty("attachmentIntervalMs").GetDouble(), Is.EqualTo(50.5));
        Assert.That(started.GetProperty("evidence").GetString(), Is.EqualTo("auto"));
    }

    [TestCase("barrier")]
    [TestCase("settle")]
    [TestCase("probe")]
    [TestCase("both")]
    public async Task A_kind_of_evidence_is_taken_and_shown(string name)
    {
        JsonElement started = await PostAsync(
            $$"""{"switch":"s3","target":"s4","evidence":"{{name}}"}""", HttpStatusCode.Created);

        Assert.That((await _operator.Ensembles.Started).Plan.Evidence?.Name, Is.EqualTo(name));
        Assert.That(started.GetProperty("evidence").GetString(), Is.EqualTo(name));
    }

    [Test]
    public async Task A_guard_and_budgets_are_taken_and_shown()
    {
        JsonElement started = await PostAsync("""
            {"switch":"s3","target":"s4","guard":"detour","budgets":{"heldPacketsMax":5,"updateTimeMaxMs":2500},
             "requireSelectAffinity":true}
            """, HttpStatusCode.Created);

        MigrationPlan plan = (await _operator.Ensembles.Started).Plan;
        Assert.That(plan.Guard, Is.EqualTo(GuardMode.Detour));
        Assert.That(plan.Budgets, Is.EqualTo(new UpdateBudgets
        {
            HeldPacketsMax = 5,
            UpdateTimeMax = TimeSpan.FromSeconds(2.5),
        }));
        Assert.That(plan.RequireSelectAffinity, Is.True);
        Assert.That(started.GetProperty("requireSelectAffinity").GetBoolean(), Is.True);
        Assert.That(started.GetProperty("guard").GetString(), Is.EqualTo("detour"));
        Assert.That(started.GetProperty("budgets").GetProperty("heldPacketsMax").GetInt32(), Is.EqualTo(5));
        JsonElement costs = started.GetProperty("progress").GetProperty("costs");
        Assert.That(costs.GetProperty("lostPackets").GetInt64(), Is.Zero);
    }

    [Test]
    public async Task What_is_left_out_takes_the_plan_s_defaults()
    {
        await PostAsync("""{"switch":"s3","target":"0x4"}""", HttpStatusCode.Created);

        MigrationPlan plan = (await _operator.Ensembles.Started).Plan;
        Assert.That(plan, Is.EqualTo(new MigrationPlan("s3", new DatapathId(4))));
    }

    [TestCase("{", "line 1, column 2")]
    [TestCase("[]", "$")]
    [TestCase("""{"target":"4"}""", "$.switch")]
    [TestCase("""{"switch":"s3"}""", "$.target")]
    [TestCase("""{"switch":"s3","target":"s9"}""", "$.target")]
    [TestCase("""{"switch":"s3","target":4}""", "$.target")]
    [TestCase("""{"switch":"s3","target":"4","method":"copy"}""", "$.method")]
    [TestCase("""{"switch":"s3","target":"4","deadlineSeconds":0}""", "$.deadlineSeconds")]
    [TestCase("""{"switch":"s3","target":"4","deadlineSeconds":1e300}""", "$.deadlineSeconds")]
    [TestCase("""{"switch":"s3","target":"4","drainQuietMs":-1}""", "$.drainQuietMs")]
    [TestCase("""{"switch":"s3","target":"4","attachmentIntervalMs":3600001}""", "$.attachmentIntervalMs")]
    [TestCase("""{"switch":"s3","target":"4","attachmentIntervalMs":"50"}""", "$.attachmentIntervalMs")]
    [TestCase("""{"switch":"s3","target":"4","method":"freeze-and-copy","attachmentIntervalMs":1}""",
        "$.attachmentIntervalMs")]
    [TestCase("""{"switch":"s3","target":"4","guard":"queue"}""", "$.guard")]
    [TestCase("""{"switch":"s3","target":"4","guard":"drop","method":"freeze-and-copy"}""", "$.guard")]
    [TestCase("""{"switch":"s3","target":"4","guard":"detour","budgets":{"updateTimeMaxMs":1200}}""", "$.guard")]
    [TestCase("""{"switch":"s3","target":"4","budgets":{"heldPacketsMax":0}}""", "$.budgets.heldPacketsMax")]
    [TestCase("""{"switch":"s3","target":"4","budgets":{"heldBytesMax":1073741825}}""", "$.budgets.heldBytesMax")]
    [TestCase("""{"switch":"s3","target":"4","budgets":{"rate":1}}""", "$.budgets.rate")]
    [TestCase("""{"switch":"s3","target":"4","targetPorts":[{"virtual":0,"physical":1}]}""",
        "$.targetPorts[0].virtual")]
    [TestCase("""{"switch":"s3","target":"4","evidence":"hope"}""", "$.evidence")]
    [TestCase("""{"switch":"s3","target":"4","requireSelectAffinity":1}""", "$.requireSelectAffinity")]
    [TestCase("""{"switch":"s3","target":"4","speed":1}""", "$.speed")]
    public async Task A_bad_body_is_refused_with_the_place_of_its_fault(string body, string path)
    {
        JsonElement problem = await PostAsync(body, HttpStatusCode.BadRequest);

        JsonElement fault = problem.GetProperty("errors").EnumerateArray().Single();
        Assert.That(fault.GetProperty("path").GetString(), Is.EqualTo(path));
        Assert.That(fault.GetProperty("message").GetString(), Is.Not.Empty);
        Assert.That(_operator.Ensembles.Migrations, Is.Empty);
    }

    [Test]
    public async Task A_body_that_is_too_large_or_not_json_is_refused()
    {
        string large = $$"""{"switch":"{{new string('s', 70_000)}}","target":"4"}""";
        await PostAsync(large, HttpStatusCode.RequestEntityTooLarge);

        using var request = new HttpRequestMessage(HttpMethod.Post, Api + "/migrations")
        {
            Content = new StringContent("""{"switch":"s3","target":"4"}"""),
        };
        await _operator.AskAsync(request, HttpStatusCode.UnsupportedMediaType);
        Assert.That(_operator.Ensembles.Migrations, Is.Empty);
    }

    [TestCase("GET", "/switches/s9/ports", HttpStatusCode.NotFound)]
    [TestCase("GET", "/switches/s9/rules", HttpStatusCode.NotFound)]
    [TestCase("GET", "/migrations/7", HttpStatusCode.NotFound)]
    [TestCase("GET", "/migrations/7/events", HttpStatusCode.NotFound)]
    [TestCase("GET", "/migrations/x", HttpStatusCode.NotFound)]
    [TestCase("DELETE", "/migrations/7", HttpStatusCode.NotFound)]
    [TestCase("POST", "/migrations/7/abort", HttpStatusCode.NotFound)]
    [TestCase("GET", "/nothing", HttpStatusCode.NotFound)]
    [TestCase("PUT", "/migrations", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem(string method, string path, HttpStatusCode expected)
    {
        JsonElement problem = await _operator.AskAsync(new HttpMethod(method), Api + path, expected);

        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Events_come_as_they_happen_and_end_with_the_final_one()
    {
        await PostAsync("""{"switch":"s3","target":"4"}""", HttpStatusCode.Created);
        ScriptedMigration migration = await _operator.Ensembles.Started;
        using var events = new StreamReader(await _operator.Http.GetStreamAsync(Api + "/migrations/1/events"));

        Assert.That(await ReadPhaseAsync(events), Is.EqualTo("preparing"));
        migration.Report(new() { Phase = MigrationPhase.Cloning, RulesTotal = 9, Elapsed = TimeSpan.FromSeconds(1) });
        Assert.That(await ReadPhaseAsync(events), Is.EqualTo("cloning"));
        migration.Report(new() { Phase = MigrationPhase.Completed, Elapsed = TimeSpan.FromSeconds(2) });
        Assert.That(await ReadPhaseAsync(events), Is.EqualTo("completed"));
        Assert.That(await events.ReadLineAsync(), Is.Null);
    }

    [TestCase("DELETE", "/migrations/1")]
    [TestCase("POST", "/migrations/1/abort")]
    public async Task An_abort_is_taken_and_one_of_what_has_ended_changes_nothing(string method, string path)
    {
        await PostAsync("""{"switch":"s3","target":"4"}""", HttpStatusCode.Created);
        ScriptedMigration migration = await _operator.Ensembles.Started;

        await _operator.AskAsync(new HttpMethod(method), Api + path, HttpStatusCode.Accepted);
        Assert.That(await migration.AbortReason, Is.EqualTo("an operator asked for it"));

        migration.Report(new() { Phase = MigrationPhase.Aborted });
        JsonElement ended = await _operator.AskAsync(new HttpMethod(method), Api + path, HttpStatusCode.OK);
        Assert.That(ended.GetProperty("progress").GetProperty("phase").GetString(), Is.EqualTo("aborted"));
    }

    [TestCase("Origin", "https://example.org")]
    [TestCase("Host", "rebound.example.org")]
    public async Task Without_a_token_web_pages_are_kept_out(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + "/switches");
        request.Headers.TryAddWithoutValidation(header, value);

        await _operator.AskAsync(request, HttpStatusCode.Forbidden);
    }

    [TestCase(null)]
    [TestCase("Bearer wrong")]
    [TestCase("Basic secret")]
    [TestCase("Bearer ")]
    public async Task With_a_token_a_request_without_it_is_refused(string? authorization)
    {
        await using OperatorFixture guarded = await OperatorFixture.StartAsync(token: "secret");
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + "/switches");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        await guarded.AskAsync(request, HttpStatusCode.Unauthorized);
    }

    [Test]
    public async Task With_a_token_a_request_that_carries_it_is_answered()
    {
        await using OperatorFixture guarded = await OperatorFixture.StartAsync(token: "secret");
        using var request = new HttpRequestMessage(HttpMethod.Get, Api + "/switches");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");

        await guarded.AskAsync(request, HttpStatusCode.OK);
    }

    [Test]
    public void An_address_in_use_is_said_so()
    {
        var backend = new OperatorBackend
        {
            VirtualSwitches = () => [],
            PhysicalSwitches = () => [],
            Ensembles = _operator.Ensembles,
        };
        var taken = new IPEndPoint(IPAddress.Loopback, _operator.Url.Port);

        Assert.That(
            async () => await OperatorServer.StartAsync(taken, null, backend, NullLoggerFactory.Instance),
            Throws.TypeOf<CommandFailedException>().With.Message.Contains("in use")
                .And.Message.Contains($"--operator 127.0.0.1:{taken.Port}"));
    }

    private static async Task<string?> ReadPhaseAsync(StreamReader events)
    {
        string line = await events.ReadLineAsync() ?? throw new InvalidOperationException("the events ended early");
        return JsonDocument.Parse(line).RootElement.GetProperty("phase").GetString();
    }

    private Task<JsonElement> GetAsync(string path) =>
        _operator.AskAsync(HttpMethod.Get, Api + path, HttpStatusCode.OK);

    private Task<JsonElement> PostAsync(string body, HttpStatusCode expected) =>
        _operator.AskAsync(HttpMethod.Post, Api + "/migrations", expected, body);
}
