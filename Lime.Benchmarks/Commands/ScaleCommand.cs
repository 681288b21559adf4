using System.CommandLine;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Overhead;
using Lime.Benchmarks.Reports;
using Lime.Benchmarks.Scale;

namespace Lime.Benchmarks.Commands;

/// <summary>Many connections, and many virtual networks.</summary>
internal sealed class ScaleCommand
{
    private static readonly int[] Decades = [10, 100, 1000, 10_000];
    private static readonly int[] NetworkDecades = [1, 10, 100, 1000];

    private readonly Option<int[]> _switches = new("--switches")
    {
        Description = "How many switches, one test each; 10 100 1000 10000 if neither option is given",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int[]> _networks = new("--networks")
    {
        Description = "How many virtual networks, of --per-network switches each, one test each; 1 10 100 1000 if "
            + "neither option is given",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _perNetwork =
        OptionText.Count("--per-network", "N", "Switches of a virtual network", 2, (1, 1000));

    private readonly Option<int> _seconds =
        OptionText.Count("--seconds", "N", "How long they send, after 2 s of warm-up", 5, (1, 3600));

    private readonly Option<int> _threads = OptionText.Count("--threads", "N", "Threads that generate", 1, (1, 256));

    private readonly Option<string> _version = BenchOptions.Version("The switches' version of OpenFlow");

    private readonly Option<bool> _json = BenchOptions.Json();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new ScaleCommand();
        var scale = new Command(
            "scale", "Measure many connections and many virtual networks: time, memory, throughput.");
        foreach (Option option in new Option[]
        {
            command._switches, command._networks, command._perNetwork, command._seconds, command._threads,
            command._version, command._json,
        }) scale.Options.Add(option);
        scale.SetAction((parsed, stop) => command.RunAsync(parsed, output, error, stop));
        return scale;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var runs = new List<ScaleRun>();
        foreach (OverheadPlan plan in Plans(parsed))
        {
            if (plan.Switches is < 1 or > 65_000)
                throw new CommandFailedException($"{plan.Switches} switches: expected 1 to 65000.");
            await error.WriteLineAsync($"{plan.Switches} switches, {plan.Networks} networks ...");
            runs.Add(await ScaleTest.RunAsync(plan, parsed.GetValue(_seconds), parsed.GetValue(_threads), stop));
        }
        bool isJson = parsed.GetValue(_json);
        await (isJson ? error : output).WriteLineAsync(ScaleText.Table(runs));
        if (isJson)
            await output.WriteLineAsync(JsonText.Of("scale", new { Version = parsed.GetValue(_version) }, runs));
        return ExitCode.Success;
    }

    private IEnumerable<OverheadPlan> Plans(ParseResult parsed)
    {
        int[] switches = parsed.GetValue(_switches) ?? [];
        int[] networks = parsed.GetValue(_networks) ?? [];
        bool isAll = switches.Length == 0 && networks.Length == 0;
        var version = OptionText.VersionOf(parsed.GetValue(_version)!);
        foreach (int count in isAll ? Decades : switches)
            yield return new OverheadPlan { Switches = count, Version = version };
        foreach (int count in isAll ? NetworkDecades : networks)
        {
            yield return new OverheadPlan
            {
                Switches = count * parsed.GetValue(_perNetwork),
                Networks = count,
                Version = version,
            };
        }
    }
}
