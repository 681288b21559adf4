using System.Net;
using System.Text.RegularExpressions;
using Lime.Apps.Sample.Apps;
using Lime.Benchmarks.Cbench;
using Lime.Benchmarks.Commands;
using Lime.Benchmarks.Floor;
using Lime.Core.Hosting;
using Lime.OpenFlow;
using Lime.OpenFlow.Channel;
using NUnit.Framework;

namespace Lime.Tests.Benchmarks;

/// <remarks>Goal: what the generator reports is what happened. Method: short runs over TCP against the floor, against
/// Lime, and against a responder whose faults are known. Rates are printed, not asserted: machines are
/// shared.</remarks>
[Category("Socket")]
public sealed partial class CbenchRunTests
{
    private const int Switches = 4;

    [TestCase(OpenFlowVersion.V10, 0)]
    [TestCase(OpenFlowVersion.V10, 1)]
    [TestCase(OpenFlowVersion.V13, 1)]
    [TestCase(OpenFlowVersion.V13, 2)]
    public async Task The_floor_answers_everything_once(OpenFlowVersion version, int mode)
    {
        using var stop = new CancellationTokenSource();
        using var floor = new FloorServer(new IPEndPoint(IPAddress.Loopback, 0));
        Task serving = floor.RunAsync(stop.Token);
        CbenchResult result = await RunAsync(Options(floor.LocalEndPoint, version, (CbenchMode)mode));
        await stop.CancelAsync();
        await serving;
        AssertClean(result);
        Assert.That(result.Latency is null, Is.EqualTo(mode == (int)CbenchMode.Throughput));
    }

    [TestCase(OpenFlowVersion.V10)]
    [TestCase(OpenFlowVersion.V13)]
    public async Task Lime_answers_everything_once(OpenFlowVersion version)
    {
        await using LimeController controller = Lime(version);
        foreach (CbenchMode mode in Enum.GetValues<CbenchMode>())
        {
            CbenchResult result = await RunAsync(Options(controller.ListenEndPoint!, version, mode));
            AssertClean(result);
            Assert.That(result.Totals.PacketOuts, Is.EqualTo(Switches), "the teaching packets, flooded; no other");
        }
    }

    [Test]
    public async Task Faults_are_told_apart()
    {
        using var responder = new FaultyResponder();
        using var stop = new CancellationTokenSource();
        Task serving = responder.RunAsync(stop.Token);
        CbenchOptions options = Options(responder.LocalEndPoint, OpenFlowVersion.V10, CbenchMode.OpenLoop) with
        {
            Drain = TimeSpan.FromMilliseconds(300),
        };
        CbenchResult result = await RunAsync(options);
        await stop.CancelAsync();
        await serving;
        CbenchTotals totals = result.Totals;
        Assert.That(totals.Sent, Is.GreaterThan(100));
        Assert.That(totals.Duplicates, Is.EqualTo(responder.Doubled).And.GreaterThan(0));
        Assert.That(totals.Wrong, Is.EqualTo(responder.Misdirected).And.GreaterThan(0));
        Assert.That(totals.Errors, Is.EqualTo(responder.Errors).And.GreaterThan(0));
        Assert.That(totals.Unanswered, Is.EqualTo(responder.Dropped + responder.Misdirected + responder.Errors));
        Assert.That(totals.Answered + totals.Unanswered, Is.EqualTo(totals.Sent));
        Assert.That(result.IsClean, Is.False);
    }

    [Test]
    public async Task The_command_prints_the_originals_lines_and_json()
    {
        using var stop = new CancellationTokenSource();
        using var floor = new FloorServer(new IPEndPoint(IPAddress.Loopback, 0));
        Task serving = floor.RunAsync(stop.Token);
        string[] args =
        [
            "cbench", "-c", "127.0.0.1", "-p", $"{floor.LocalEndPoint.Port}", "-s", "3", "-M", "10", "-l", "3", "-m",
            "100", "-w", "1", "-C", "1", "-D", "0", "-i", "1", "-I", "2", "-o", "5", "-L", "on", "--threads", "2",
        ];
        using var lines = new StringWriter();
        using var error = new StringWriter();
        Assert.That(await BenchCommandLine.RunAsync(args, lines, error, default), Is.Zero, error.ToString());
        using var json = new StringWriter();
        Assert.That(await BenchCommandLine.RunAsync([.. args, "--json"], json, error, default), Is.Zero);
        await stop.CancelAsync();
        await serving;
        Assert.That(Loop().Count(lines.ToString()), Is.EqualTo(3), lines.ToString());
        Assert.That(Result().Count(lines.ToString()), Is.EqualTo(1), lines.ToString());
        var document = System.Text.Json.JsonDocument.Parse(json.ToString());
        System.Text.Json.JsonElement result = document.RootElement.GetProperty("results")[0];
        Assert.That(result.GetProperty("totals").GetProperty("unanswered").GetInt64(), Is.Zero);
        Assert.That(result.GetProperty("answeredPerSecond").GetDouble(), Is.GreaterThan(0));
    }

    [TestCase("-w 2 -l 2", "Error warmup(2) + cooldown(0) >= number of tests (2)")]
    [TestCase("--rate 10 -t", "exclude one another")]
    [TestCase("--pid 999999999", "no such process")]
    [TestCase("-s 0", "expected 1 to 65535")]
    public async Task What_cannot_be_done_is_said(string args, string expected)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await BenchCommandLine.RunAsync(
            ["cbench", "-c", "127.0.0.1", "-p", "1", .. args.Split(' ')], output, error, default);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error.ToString(), Does.Contain(expected));
    }

    private static LimeController Lime(OpenFlowVersion version)
    {
        var controller = new LimeController(
            new LimeOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Channel = new ChannelOptions { Versions = [version] },
            },
            [new LearningSwitch()]);
        controller.Start();
        return controller;
    }

    private static CbenchOptions Options(IPEndPoint controller, OpenFlowVersion version, CbenchMode mode) => new()
    {
        Controller = controller,
        Switches = Switches,
        Addresses = 20,
        Loops = 2,
        MsPerTest = 150,
        Version = version,
        Mode = mode,
        Rate = 2000,
        Threads = 2,
        Drain = TimeSpan.FromSeconds(60),
    };

    private static async Task<CbenchResult> RunAsync(CbenchOptions options)
    {
        CbenchResult result = await new CbenchRun(options, static _ => { }, static _ => { })
            .RunAsync(options.Switches, CancellationToken.None);
        await TestContext.Out.WriteLineAsync(CbenchText.Table(result));
        return result;
    }

    private static void AssertClean(CbenchResult result)
    {
        Assert.That(result.IsClean, Is.True, CbenchText.Table(result));
        Assert.That(result.Totals.Sent, Is.GreaterThan(0));
        Assert.That(result.Totals.Answered, Is.EqualTo(result.Totals.Sent));
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3} 3   switches: flows/sec:  (\d+  ){3} total = \d+\.\d{6} per ms \r?$",
        RegexOptions.Multiline)]
    private static partial Regex Loop();

    [GeneratedRegex(@"^RESULT: 3 switches 1 tests min/max/avg/stdev = (\d+\.\d\d/){3}\d+\.\d\d responses/s\r?$",
        RegexOptions.Multiline)]
    private static partial Regex Result();
}
