using System.Collections.Immutable;
using System.CommandLine;
using Lime.Apps.Sample.Figure3;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Commands;

/// <summary>What the program does without a command: the paper's experiment.</summary>
internal sealed class Figure3Command
{
    private static readonly Figure3Options Usual = new();

    private readonly Option<int> _seed = OptionText.Count(
        "--seed", "NUMBER", "Seed of the jitter and of the pings' phase; the same seed gives the same run",
        Usual.Seed, (0, int.MaxValue));

    private readonly Option<int> _repeats = OptionText.Count(
        "--repeats", "COUNT", "Migrations by each method", Usual.Repeats, (1, 1000));

    private readonly Option<string> _method = new("--method")
    {
        HelpName = "clone|freeze-and-copy|both",
        Description = "Which method to migrate by",
        DefaultValueFactory = _ => "both",
    };

    private readonly Option<int> _rules = OptionText.Count(
        "--rules", "COUNT", "Rules on the switch that migrates", Usual.Rules, (2, 100_000));

    private readonly Option<int> _interval = OptionText.Count(
        "--interval", "MILLISECONDS", "Time between pings", (int)Usual.Interval.TotalMilliseconds, (1, 10_000));

    private readonly Option<bool> _realTime = new("--realtime")
    {
        Description = "Let the embedded network run by the wall clock, not in virtual time",
    };

    private readonly Option<string> _version = new("--version")
    {
        HelpName = "1.0|1.3",
        Description = "The version of OpenFlow that controller and switches speak",
        DefaultValueFactory = _ => "1.0",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write the results as JSON instead of text" };

    public static void AddTo(RootCommand root, CommandConsole console)
    {
        var command = new Figure3Command();
        // The library's own --version, which tells the program's, has to make room for OpenFlow's.
        foreach (VersionOption own in root.Options.OfType<VersionOption>().ToArray()) root.Options.Remove(own);
        command._version.AcceptOnlyFromAmong(OptionText.Versions);
        command._method.AcceptOnlyFromAmong("clone", "freeze-and-copy", "both");
        foreach (Option option in new Option[]
        {
            command._seed, command._repeats, command._method, command._rules, command._interval, command._realTime,
            command._version, command._json,
        }) root.Options.Add(option);
        root.SetAction((parsed, stop) => Figure3Experiment.RunAsync(command.Read(parsed), console, stop));
    }

    private Figure3Options Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed),
        Repeats = parsed.GetValue(_repeats),
        Methods = MethodsOf(parsed.GetValue(_method)!),
        Rules = parsed.GetValue(_rules),
        Interval = TimeSpan.FromMilliseconds(parsed.GetValue(_interval)),
        IsRealTime = parsed.GetValue(_realTime),
        Version = parsed.GetValue(_version)!,
        IsJson = parsed.GetValue(_json),
    };

    private static ImmutableArray<MigrationMethod> MethodsOf(string text) =>
        MigrationWords.TryParseMethod(text, out MigrationMethod method)
            ? [method]
            : [MigrationMethod.FreezeAndCopy, MigrationMethod.Clone];
}
