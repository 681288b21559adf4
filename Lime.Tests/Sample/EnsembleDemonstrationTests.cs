using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lime.Apps.Sample.Commands;
using Lime.Apps.Sample.TwoSites;
using Lime.Core.Emulation;
using Lime.Core.Migration;
using Lime.Tests.Sample.Decoding;
using NUnit.Framework;

namespace Lime.Tests.Sample;

/// <remarks>Goal: the demonstration shows what it promises, says so by its exit code, and would say if it did not.
/// Method: the program's own command in virtual time; and results that break one promise each.</remarks>
public sealed class EnsembleDemonstrationTests
{
    [Test]
    public async Task A_tenant_moves_by_both_methods_and_cloning_keeps_every_promise()
    {
        using var folder = new TemporaryFolder();
        string picture = Path.Combine(folder.Path, "move.svg");
        CommandRun run = await CommandRun.OfAsync("ensemble", "--json", "--interval", "10", "--svg", picture);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Error);
        JsonArray runs = JsonNode.Parse(run.Output)!["runs"]!.AsArray();
        Assert.That(
            runs.Select(each => (string)each!["method"]!), Is.EqualTo((string[])["freeze-and-copy", "clone"]));
        (JsonNode freeze, JsonNode clone) = (runs[0]!, runs[1]!);
        Assert.That((int)clone["requests"]!, Is.GreaterThan(1000));
        Assert.That((int)clone["lost"]!, Is.Zero);
        Assert.That((int)clone["duplicated"]!, Is.Zero);
        Assert.That((int)clone["forbidden"]!, Is.GreaterThan(20));
        Assert.That((int)clone["forbiddenPassed"]!, Is.Zero);
        Assert.That((int)clone["connections"]!, Is.GreaterThan(5), "rules change while hosts move");
        Assert.That(clone["pauses"]!.AsArray(), Has.Count.EqualTo(6));
        Assert.That((long)clone["linkFrames"]!, Is.GreaterThanOrEqualTo((long)clone["linkFramesLeast"]!));
        Assert.That((long)clone["linkFramesLeast"]!, Is.GreaterThan(100));
        Assert.That((int)freeze["lost"]! + (int)freeze["lostInPauses"]!, Is.GreaterThan(
            (int)clone["lost"]! + (int)clone["lostInPauses"]!), "what the method is compared with");
        foreach (JsonNode? each in runs)
        {
            Assert.That((int)each!["otherTenant"]!["sent"]!, Is.GreaterThan(1000));
            Assert.That((bool)each["otherTenant"]!["noticedNothing"]!, Is.True);
        }
        string[] steps = [.. clone["steps"]!.AsArray().Select(each => (string)each!["step"]!)];
        Assert.That(steps, Has.Length.EqualTo(12));
        Assert.That(steps.Count(each => each.EndsWith("moves", StringComparison.Ordinal)), Is.EqualTo(6));
        Assert.That(run.Error, Does.Contain(" > web1 moves"), "progress is told");
        XElement svg = XDocument.Load(picture).Root!;
        int drawn = svg.Descendants().Count(each => each.Name.LocalName == "circle");
        Assert.That(drawn, Is.GreaterThan(1000), "a point for each request");
    }

    [Test]
    public async Task Without_options_it_is_for_people()
    {
        CommandRun run = await CommandRun.OfAsync("ensemble", "--interval", "20", "--method", "clone", "--delay", "5");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success), run.Output);
        Assert.That(
            run.Output, Does.Contain("latency of requests").And.Contain("second tenant").And.Contain("step |a"));
        Assert.That(run.Output, Does.Not.Contain("BROKEN"));
        Assert.That(run.Output.Split('\n').Max(each => each.TrimEnd().Length), Is.LessThanOrEqualTo(160));
    }

    [Test]
    public async Task A_picture_that_can_not_be_written_is_told_before_the_run()
    {
        CommandRun run = await CommandRun.OfAsync("ensemble", "--svg", Path.Combine("no", "such", "folder", "x.svg"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.Contain("The picture can't be written"));
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("--delay", "0")]
    [TestCase("--interval", "0")]
    [TestCase("--method", "teleport")]
    public async Task What_is_out_of_range_is_refused(string option, string value)
    {
        CommandRun run = await CommandRun.OfAsync("ensemble", option, value);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.CouldNotStart));
        Assert.That(run.Error, Does.Contain(option.TrimStart('-')).Or.Contain(value));
    }

    [Test]
    public async Task Help_tells_options_and_exit_codes()
    {
        CommandRun run = await CommandRun.OfAsync("ensemble", "--help");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Success));
        Assert.That(run.Output, Does.Contain("--svg").And.Contain("--json").And.Contain("Exit code: 0 every promise"));
    }

    [Test]
    public void A_result_that_keeps_all_breaks_nothing() => Assert.That(Promises.BrokenBy(Sound()), Is.Empty);

    [Test]
    public void A_request_lost_outside_pauses_is_a_broken_promise_and_one_lost_in_a_pause_is_not()
    {
        TwoSitesResult result = Sound();
        var lost = new Request(Tenant.Host("client1"), At(500));
        Assert.That(Promises.BrokenBy(result with { Requests = [.. result.Requests, lost] }),
            Has.Count.EqualTo(1).And.All.Contains("1 requests were lost"));
        var inPause = new Request(Tenant.Host("client1"), At(2030));
        Assert.That(Promises.BrokenBy(result with { Requests = [.. result.Requests, inPause] }), Is.Empty);
    }

    [Test]
    public void Only_a_pause_of_the_ends_of_its_last_leg_explains_a_loss()
    {
        TwoSitesResult result = Sound() with { Pauses = [Pause("db2", 2000, 2040)] };
        var lost = new Request(Tenant.Host("client1"), At(2030));
        Assert.That(result.MeetsPause(lost), Is.False, "it has not come as far as a database");
        lost.Arrive(0, At(2031));
        Assert.That(result.MeetsPause(lost), Is.False, "its server asks the other one");
        Assert.That((result with { Pauses = [Pause("db1", 2000, 2040)] }).MeetsPause(lost), Is.True);
    }

    [Test]
    public void Each_other_promise_is_held_against_the_result()
    {
        TwoSitesResult sound = Sound();
        var doubled = new Request(Tenant.Host("client1"), At(1));
        for (int i = 0; i < 2; i++) doubled.Arrive(0, At(2));
        for (int leg = 1; leg < Request.Legs; leg++) doubled.Arrive(leg, At(3));
        (TwoSitesResult Result, string Expected)[] cases =
        [
            (sound with { Requests = [.. sound.Requests, doubled] }, "1 packets arrived twice"),
            (sound with { Leaks = 1 }, "passed the firewall"),
            (sound with { Surprises = 2 }, "was told 2"),
            (sound with { RulesLeft = 3 }, "3 rules are left"),
            (sound with { TunnelRulesLeft = 4 }, "4 rules of tunnels"),
            (sound with { HostsLeft = 1 }, "1 hosts are at the old site"),
            (sound with { Pauses = [Pause("web1", 0, 101)] }, "stood still for 101.0 ms"),
            (sound with { End = new EnsembleProgress { Phase = MigrationPhase.Aborted, Detail = "why" } }, "why"),
            (sound with { Other = sound.Other with { Strangers = 1 } }, "the other tenant noticed"),
            (sound with { Other = sound.Other with { During = Pings(lost: 1) } }, "the other tenant noticed"),
        ];
        foreach ((TwoSitesResult result, string expected) in cases)
            Assert.That(Promises.BrokenBy(result), Has.Count.EqualTo(1).And.All.Contains(expected));
    }

    private static TwoSitesResult Sound()
    {
        var answered = new Request(Tenant.Host("client1"), At(10));
        for (int leg = 0; leg < Request.Legs; leg++) answered.Arrive(leg, At(11 + leg));
        return new TwoSitesResult(
            MigrationMethod.Clone, new EnsembleProgress { Phase = MigrationPhase.Completed })
        {
            Began = At(100),
            Ended = At(5000),
            Until = At(6000),
            WideAreaDelay = At(20),
            SetUpMax = TimeSpan.Zero,
            Steps = [new Step("before", At(0), At(6000))],
            Requests = [answered],
            Pauses = [Pause("web1", 2000, 2040)],
            ServerOf = _ => Tenant.Host("web1"),
            Frames = [],
            FramesLeast = 0,
            BytesLeast = 0,
            Flows = 1,
            Surprises = 0,
            Attempts = 10,
            Leaks = 0,
            RulesLeft = 0,
            TunnelRulesLeft = 0,
            HostsLeft = 0,
            Other = new OtherFigures(Pings(), Pings(), 0, 0),
        };
    }

    private static PingSummary Pings(int lost = 0) =>
        new() { Sent = 10 + lost, Received = 10, Lost = lost, RoundTripMax = At(41) };

    private static HostPause Pause(string host, double from, double to) => new(host, At(from)) { To = At(to) };

    private static TimeSpan At(double ms) => TimeSpan.FromMilliseconds(ms);
}
