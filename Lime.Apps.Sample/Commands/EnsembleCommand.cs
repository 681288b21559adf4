using System.Collections.Immutable;
using System.CommandLine;
using Lime.Apps.Sample.TwoSites;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Commands;

/// <summary>The demonstration of a tenant that moves to another site.</summary>
internal sealed class EnsembleCommand
{
    private static readonly TwoSitesOptions Usual = new();

    private readonly Option<int> _seed = OptionText.Count(
        "--seed", "NUMBER", "Seed of all that is random; the same seed gives the same run", Usual.Seed,
        (0, int.MaxValue));

    private readonly Option<string> _method = new("--method")
    {
        HelpName = "clone|freeze-and-copy|both",
        Description = "Which method to migrate by",
        DefaultValueFactory = _ => "both",
    };

    private readonly Option<int> _delay = OptionText.Count(
        "--delay", "MILLISECONDS", "One way over the link between the sites",
        (int)Usual.WideAreaDelay.TotalMilliseconds, (1, 500));

    private readonly Option<int> _interval = OptionText.Count(
        "--interval", "MILLISECONDS", "Time between two requests of a client", (int)Usual.Interval.TotalMilliseconds,
        (1, 1000));

    private readonly Option<string?> _svg = new("--svg")
    {
        HelpName = "FILE",
        Description = "Write a picture (SVG) of every request and of the link between the sites",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write the results as JSON; words go to stderr",
    };

    public static Command Create(CommandConsole console)
    {
        var command = new EnsembleCommand();
        command._method.AcceptOnlyFromAmong("clone", "freeze-and-copy", "both");
        var ensemble = new Command(
            "ensemble",
            "Show a tenant of 4 switches and 6 hosts move from one embedded site to another while it serves requests:\n"
            + "what each step does to latency, loss and the link between the sites, by both methods.");
        foreach (Option option in new Option[]
        {
            command._seed, command._method, command._delay, command._interval, command._svg, command._json,
        }) ensemble.Options.Add(option);
        ensemble.SetAction((parsed, stop) => TwoSitesExperiment.RunAsync(command.Read(parsed), console, stop));
        return ensemble;
    }

    private TwoSitesOptions Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed),
        Methods = MethodsOf(parsed.GetValue(_method)!),
        WideAreaDelay = TimeSpan.FromMilliseconds(parsed.GetValue(_delay)),
        Interval = TimeSpan.FromMilliseconds(parsed.GetValue(_interval)),
        SvgFile = parsed.GetValue(_svg),
        IsJson = parsed.GetValue(_json),
    };

    private static ImmutableArray<MigrationMethod> MethodsOf(string text) =>
        MigrationWords.TryParseMethod(text, out MigrationMethod method) ? [method] : Usual.Methods;
}
