using System.CommandLine;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Overhead;
using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Commands;

/// <summary>What the virtual layer costs: the paper's comparison.</summary>
internal sealed class OverheadCommand
{
    private readonly Option<OverheadScenario[]> _scenarios = new("--scenario")
    {
        Description = "What goes on meanwhile; all if none is named",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _loads = new("--load")
    {
        Description = "in-process: one thread, no sockets; saturated: over TCP; offered: over TCP at --rate; all if "
            + "none is named",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _pairs = OptionText.Count("--pairs", "N", "Pairs of runs", 15, (1, 1000));

    private readonly Option<int> _seconds =
        OptionText.Count("--seconds", "N", "Length of a run over TCP, after 2 s of warm-up", 3, (1, 3600));

    private readonly Option<int> _packetIns = OptionText.Count(
        "--packet-ins", "N", "Packet-ins of a run in process", 1_000_000, (1000, 100_000_000));

    private readonly Option<int> _rate = OptionText.Count(
        "--rate", "N", "Packet-ins a second for the load 'offered'", 1_000_000, (1, 100_000_000));

    private readonly Option<int> _switches = OptionText.Count("--switches", "N", "How many switches", 10, (1, 1000));

    private readonly Option<int> _rules =
        OptionText.Count("--rules", "N", "Rules that a migration copies", 10_000, (0, 1_000_000));

    private readonly Option<string> _version = BenchOptions.Version("The switches' version of OpenFlow");

    private readonly Option<bool> _json = BenchOptions.Json();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new OverheadCommand();
        command._loads.AcceptOnlyFromAmong("in-process", "saturated", "offered");
        var overhead = new Command(
            "overhead", "Compare an app directly on physical switches with the same app on virtual ones.");
        foreach (Option option in new Option[]
        {
            command._scenarios, command._loads, command._pairs, command._seconds, command._packetIns, command._rate,
            command._switches, command._rules, command._version, command._json,
        }) overhead.Options.Add(option);
        overhead.SetAction((parsed, stop) => command.RunAsync(parsed, output, error, stop));
        return overhead;
    }

    /// <summary>One way of it in a process of its own, which <c>overhead</c> starts.</summary>
    public static Command CreateServer(TextWriter output)
    {
        var scenario = new Option<OverheadScenario>("--scenario");
        var isDirect = new Option<bool>("--direct");
        var switches = new Option<int>("--switches");
        var networks = new Option<int>("--networks");
        var rules = new Option<int>("--rules");
        var updates = new Option<int>("--updates");
        Option<string> version = BenchOptions.Version("The switches' version of OpenFlow");
        var serve = new Command("serve-layer", "One way of the comparison; started by overhead.") { Hidden = true };
        foreach (Option option in new Option[] { scenario, isDirect, switches, networks, rules, updates, version })
            serve.Options.Add(option);
        serve.SetAction(async (parsed, stop) =>
        {
            var plan = new OverheadPlan
            {
                Scenario = parsed.GetValue(scenario),
                Switches = parsed.GetValue(switches),
                Networks = parsed.GetValue(networks),
                Rules = parsed.GetValue(rules),
                UpdatesPerSecond = parsed.GetValue(updates),
                Version = OptionText.VersionOf(parsed.GetValue(version)!),
            };
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            // Not Console.In, whose reading blocks.
            using var input = new StreamReader(Console.OpenStandardInput());
            _ = CancelAtEndAsync(input, ended);
            await new LayerServer(plan, parsed.GetValue(isDirect)).RunAsync(output.WriteLine, ended.Token);
            return ExitCode.Success;
        });
        return serve;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken stop)
    {
        OverheadScenario[] scenarios = Named(parsed.GetValue(_scenarios), Enum.GetValues<OverheadScenario>());
        string[] loads = Named(parsed.GetValue(_loads), ["in-process", "saturated", "offered"]);
        var results = new List<OverheadResult>();
        foreach (string load in loads)
        {
            foreach (OverheadScenario scenario in scenarios)
            {
                await error.WriteLineAsync($"{OverheadText.Name(scenario)}, {load}:");
                results.Add(await RunOneAsync(parsed, (scenario, load), error, stop));
            }
        }
        bool isJson = parsed.GetValue(_json);
        await (isJson ? error : output).WriteLineAsync(OverheadText.Table(results));
        if (isJson)
        {
            var options = new { Pairs = parsed.GetValue(_pairs), Version = parsed.GetValue(_version) };
            await output.WriteLineAsync(
                JsonText.Of("overhead", options, new { OverheadText.PaperPrice, Scenarios = results }));
        }
        return ExitCode.Success;
    }

    private async Task<OverheadResult> RunOneAsync(
        ParseResult parsed, (OverheadScenario Scenario, string Load) what, TextWriter error, CancellationToken stop)
    {
        var plan = new OverheadPlan
        {
            Scenario = what.Scenario,
            Switches = parsed.GetValue(_switches),
            Rules = parsed.GetValue(_rules),
            Version = OptionText.VersionOf(parsed.GetValue(_version)!),
        };
        int pairs = parsed.GetValue(_pairs);
        Action<OverheadPair> ended = pair => error.WriteLine(OverheadText.Line(pair));
        if (what.Load == "in-process")
            return InProcessOverhead.Run(plan, pairs, parsed.GetValue(_packetIns), ended);
        double? rate = what.Load == "offered" ? parsed.GetValue(_rate) : null;
        return await new TcpOverhead(plan, rate, parsed.GetValue(_seconds)).RunAsync(pairs, ended, stop);
    }

    private static T[] Named<T>(T[]? named, T[] all) => named is { Length: > 0 } ? named : all;

    private static async Task CancelAtEndAsync(TextReader input, CancellationTokenSource ended)
    {
        await input.ReadLineAsync();
        await ended.CancelAsync();
    }
}
