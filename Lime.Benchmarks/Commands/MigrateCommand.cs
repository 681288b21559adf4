using System.CommandLine;
using Lime.Apps.Sample.Commands;
using Lime.Benchmarks.Migration;
using Lime.Benchmarks.Reports;

namespace Lime.Benchmarks.Commands;

/// <summary>How a migration grows with the rules of the switch that moves.</summary>
internal sealed class MigrateCommand
{
    private static readonly int[] Decades = [1_000, 10_000, 100_000, 1_000_000];

    private readonly Option<int[]> _rules = new("--rules")
    {
        Description = "How many rules, one migration each; 1000 10000 100000 1000000 if none is named",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _version = BenchOptions.Version("The switches' version of OpenFlow");

    private readonly Option<bool> _json = BenchOptions.Json();

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new MigrateCommand();
        var migrate = new Command("migrate", "Measure migrations of switches with more and more rules.");
        foreach (Option option in new Option[] { command._rules, command._version, command._json })
            migrate.Options.Add(option);
        migrate.SetAction((parsed, stop) => command.RunAsync(parsed, output, error, stop));
        return migrate;
    }

    private async Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken stop)
    {
        int[] all = parsed.GetValue(_rules) is { Length: > 0 } named ? named : Decades;
        if (all.Any(each => each is < 1 or > 10_000_000))
            throw new CommandFailedException("--rules: expected 1 to 10000000.");
        var version = OptionText.VersionOf(parsed.GetValue(_version)!);
        // The first one pays for the runtime's compiling; it isn't shown.
        Once(1000);
        var runs = new List<MigrateRun>();
        foreach (int rules in all)
        {
            stop.ThrowIfCancellationRequested();
            await error.WriteLineAsync($"{Numbers.Whole(rules)} rules ...");
            runs.Add(Once(rules));
        }
        bool isJson = parsed.GetValue(_json);
        await (isJson ? error : output).WriteLineAsync(MigrateText.Table(runs));
        if (isJson)
        {
            var options = new { Switches = "emulated", Version = parsed.GetValue(_version) };
            await output.WriteLineAsync(JsonText.Of("migrate", options, runs));
        }
        return ExitCode.Success;

        MigrateRun Once(int rules)
        {
            using var migration = new EmulatedMigration(rules, version);
            return migration.Run();
        }
    }
}
