using System.Diagnostics;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.Benchmarks.Fleet;

/// <summary>Many switches that connect to a controller at once.</summary>
internal static class FleetCommand
{
    /// <summary>Runs the command line and prints what came of it.</summary>
    /// <returns>The exit code: 0 if all switches were ready and stayed, 1 if not, 2 for a wrong command
    /// line.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output)
    {
        if (args is ["--help" or "-h"])
        {
            await output.WriteLineAsync(FleetOptions.Usage);
            return 0;
        }
        FleetOptions options;
        try
        {
            options = FleetOptions.Parse(args);
        }
        catch (FormatException exception)
        {
            await output.WriteLineAsync($"{exception.Message}\n\n{FleetOptions.Usage}");
            return 2;
        }
        FleetReport report = await RunAsync(options, output);
        return report.IsComplete ? 0 : 1;
    }

    /// <summary>Runs a fleet to its end.</summary>
    public static async Task<FleetReport> RunAsync(FleetOptions options, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        OpenFlowCodec codec = OpenFlowCodecs.For(options.Version);
        using var leave = new CancellationTokenSource();
        FleetSwitch[] switches = [.. Enumerable.Range(0, options.Switches).Select(index => new FleetSwitch(
            codec, new FleetAnswers(codec, DatapathOf(options, index), options.Ports), clock))];
        Task[] runs = [.. switches.Select(each => each.RunAsync(options.Connect, leave.Token))];
        Task settled = Task.WhenAll(switches.Select(each => each.Settled));
        await Task.WhenAny(settled, Task.Delay(options.Timeout));
        await output.WriteLineAsync(FleetReport.Of(switches).ToString());
        if (settled.IsCompleted && options.Hold > TimeSpan.Zero) await Task.Delay(options.Hold);
        var final = FleetReport.Of(switches);
        await leave.CancelAsync();
        await Task.WhenAll(runs);
        if (options.Hold > TimeSpan.Zero) await output.WriteLineAsync($"after {options.Hold.TotalSeconds} s: {final}");
        return final;
    }

    private static DatapathId DatapathOf(FleetOptions options, int index) =>
        new(options.FirstDatapath + (ulong)index);
}
