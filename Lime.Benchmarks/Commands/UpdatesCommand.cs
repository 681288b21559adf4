using System.CommandLine;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Reports;
using Lime.Benchmarks.Updates;

namespace Lime.Benchmarks.Commands;

/// <summary>What the apps' rule changes cost while a virtual switch has one, two and three instances.</summary>
internal sealed class UpdatesCommand
{
    private readonly Option<int[]> _instances = new("--instances")
    {
        Description = "How many instances, a run each; 1 2 3 if none is named. A migration has two at most",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _packets = OptionText.Count(
        "--packets", "N", "Packets a second through each instance, all by the rule that changes", 1000, (1, 100_000));

    private readonly Option<int> _updates =
        OptionText.Count("--updates", "N", "Changes of the rule a second", 20, (1, 10_000));

    private readonly Option<int> _seconds = OptionText.Count("--seconds", "N", "Virtual time", 10, (1, 3600));

    private readonly Option<int> _delay =
        OptionText.Count("--delay", "MS", "Delay of the control channels, one way", 1, (0, 1000));

    private readonly Option<string> _version = BenchOptions.Version("The switches' version of OpenFlow");

    private readonly Option<bool> _json = BenchOptions.Json();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new UpdatesCommand();
        var updates = new Command("updates", "Report what rule changes cost on one, two and three instances.");
        foreach (Option option in new Option[]
        {
            command._instances, command._packets, command._updates, command._seconds, command._delay, command._version,
            command._json,
        }) updates.Options.Add(option);
        updates.SetAction((parsed, stop) => command.RunAsync(parsed, output, error, stop));
        return updates;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken stop)
    {
        int[] all = parsed.GetValue(_instances) is { Length: > 0 } named ? named : [1, 2, 3];
        if (all.Any(each => each is < 1 or > 10)) throw new CommandFailedException("--instances: expected 1 to 10.");
        var options = new UpdateOptions
        {
            Version = OptionText.VersionOf(parsed.GetValue(_version)!),
            PacketsPerSecond = parsed.GetValue(_packets),
            UpdatesPerSecond = parsed.GetValue(_updates),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            ControlDelay = TimeSpan.FromMilliseconds(parsed.GetValue(_delay)),
        };
        var runs = new List<UpdateRun>();
        foreach (int instances in all)
        {
            stop.ThrowIfCancellationRequested();
            using var lab = new UpdateLab(instances, options);
            runs.Add(lab.Run());
        }
        bool isJson = parsed.GetValue(_json);
        await (isJson ? error : output).WriteLineAsync(UpdateText.Table(runs));
        if (isJson) await output.WriteLineAsync(JsonText.Of("updates", options, runs));
        return ExitCode.Success;
    }
}
