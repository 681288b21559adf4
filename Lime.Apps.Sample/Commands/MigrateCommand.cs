using System.CommandLine;
using Lime.Apps.Sample.Migrating;
using Lime.Core.Migration;
using Lime.Core.Networks;

namespace Lime.Apps.Sample.Commands;

/// <summary><c>migrate</c>: has a running controller migrate a switch, and shows how it goes.</summary>
internal sealed class MigrateCommand
{
    private readonly Argument<string> _switch = new("switch")
    {
        HelpName = "SWITCH",
        Description = "The virtual switch to migrate: its name or datapath id",
    };

    private readonly Option<string> _to = new("--to")
    {
        HelpName = "DATAPATH-ID",
        Description = "The spare physical switch to migrate it to: datapath id (hexadecimal) or name",
        Required = true,
    };

    private readonly Option<string> _method = new("--method")
    {
        HelpName = "clone|freeze-and-copy",
        Description = "clone: both switches carry traffic meanwhile, nothing is lost; freeze-and-copy: stop, copy, "
            + "start, as a comparison",
        DefaultValueFactory = _ => MigrationWords.ToText(MigrationMethod.Clone),
    };

    private readonly Option<Uri?> _operator = new("--operator")
    {
        HelpName = "URL",
        Description = "The operator API of the running controller (serve --operator ...)",
        CustomParser = OptionText.OperatorUrl,
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
    };

    private readonly Option<string?> _token = new("--token")
    {
        HelpName = "TOKEN",
        Description = $"The operator API's token; better set in the environment as {ServeCommand.TokenVariable}",
    };

    private readonly Option<int> _deadline = OptionText.Count(
        "--deadline", "SECONDS", "Time after which it is aborted", 300, (1, 86_400));

    private readonly Option<int> _pause = OptionText.Count(
        "--pause", "MILLISECONDS", "clone: time between the move of one attachment (a link of the switch) and the "
        + "next, in which both switches carry traffic", 0, (0, 3_600_000));

    private readonly Option<string?> _evidence = new("--evidence")
    {
        HelpName = "barrier|settle|probe|both",
        Description = "What shows that a switch's data plane has its rules: its word, time, packets that come back, or "
            + "packets and time; without it, what fits each switch",
    };

    private readonly Option<PortMapping[]> _ports = new("--ports")
    {
        HelpName = "VIRTUAL:PHYSICAL,...",
        Description = "Where virtual ports are at the target, for those that no physical link tells (1:1,2:5)",
        CustomParser = OptionText.Ports,
    };

    public static Command Create(CommandConsole console)
    {
        var migrate = new MigrateCommand();
        migrate._method.AcceptOnlyFromAmong("clone", "freeze-and-copy");
        migrate._evidence.AcceptOnlyFromAmong("barrier", "settle", "probe", "both");
        var command = new Command(
            "migrate",
            "Have a running controller (serve --operator ...) migrate a virtual switch, and show progress to the end.")
        {
            migrate._switch, migrate._to, migrate._method, migrate._operator, migrate._token, migrate._deadline,
            migrate._pause, migrate._evidence, migrate._ports,
        };
        command.SetAction((parsed, stop) => MigrationFollower.RunAsync(migrate.Read(parsed), console, stop));
        return command;
    }

    private MigrateOptions Read(ParseResult parsed) =>
        new(parsed.GetRequiredValue(_switch), parsed.GetRequiredValue(_to))
        {
            Method = parsed.GetValue(_method)!,
            Operator = parsed.GetValue(_operator)!,
            Token = parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable(ServeCommand.TokenVariable),
            DeadlineSeconds = parsed.GetValue(_deadline),
            PauseMs = parsed.GetValue(_pause),
            Evidence = parsed.GetValue(_evidence),
            Ports = [.. parsed.GetValue(_ports) ?? []],
        };
}
