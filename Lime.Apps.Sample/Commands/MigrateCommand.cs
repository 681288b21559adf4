using System.CommandLine;
using System.CommandLine.Parsing;
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
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _to = new("--to")
    {
        HelpName = "DATAPATH-ID",
        Description = "The spare physical switch to migrate it to: datapath id (hexadecimal) or name",
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

    private readonly Option<string> _guard = new("--guard")
    {
        HelpName = "serialise|detour|drop",
        Description = "What becomes of packets whose rule an app changes while both switches carry traffic: they wait "
            + "at the controller; or all traffic is steered to one switch meanwhile; or they are dropped and counted",
        DefaultValueFactory = _ => MigrationWords.ToText(GuardMode.Serialise),
    };

    private readonly Option<bool> _selectAffinity = new("--require-select-affinity")
    {
        Description = "Refuse the plan where a flow may not keep the bucket that a select group has chosen for it; "
            + "otherwise that is only noted",
    };

    private readonly BudgetOptions _budgets = new();

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Do nothing; list what cannot be reproduced at the target, and the rules, messages and time that "
            + "are expected. Exit code 1 if the plan would be refused",
    };

    private readonly Option<int?> _undo = new("--undo")
    {
        HelpName = "ID",
        Description = "Instead of SWITCH and --to: take the completed migration ID back, in the same way",
    };

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

    private readonly Option<string?> _ensemble = new("--ensemble")
    {
        HelpName = "FILE.json",
        Description = "Instead of SWITCH and --to: migrate the virtual switches and hosts of a plan file together; of "
            + "the other options only --operator, --token and --dry-run count",
    };

    public static Command Create(CommandConsole console)
    {
        var migrate = new MigrateCommand();
        migrate._method.AcceptOnlyFromAmong("clone", "freeze-and-copy");
        migrate._guard.AcceptOnlyFromAmong("serialise", "detour", "drop");
        migrate._evidence.AcceptOnlyFromAmong("barrier", "settle", "probe", "both");
        var command = new Command(
            "migrate",
            "Have a running controller (serve --operator ...) migrate a virtual switch, and show progress to the end.")
        {
            migrate._switch, migrate._to, migrate._method, migrate._operator, migrate._token, migrate._deadline,
            migrate._pause, migrate._ports, migrate._guard, migrate._evidence, migrate._selectAffinity, migrate._dryRun,
            migrate._undo, migrate._ensemble,
        };
        migrate._budgets.AddTo(command);
        command.Validators.Add(migrate.CheckWhatIsAsked);
        command.SetAction((parsed, stop) => RunAsync(migrate.Read(parsed), console, stop));
        return command;
    }

    private static Task<int> RunAsync(MigrateOptions options, CommandConsole console, CancellationToken stop) =>
        options.EnsemblePath is null
            ? MigrationFollower.RunAsync(options, console, stop)
            : EnsembleFollower.RunAsync(options, console, stop);

    /// <summary>Either a switch and where to, or a migration to take back.</summary>
    private void CheckWhatIsAsked(CommandResult asked)
    {
        bool hasSwitch = asked.GetResult(_switch) is { Tokens.Count: > 0 };
        bool hasTarget = asked.GetResult(_to) is { Tokens.Count: > 0 };
        bool isUndo = asked.GetResult(_undo) is { Tokens.Count: > 0 };
        if (asked.GetResult(_ensemble) is { Tokens.Count: > 0 })
        {
            if (hasSwitch || hasTarget || isUndo)
                asked.AddError("--ensemble FILE takes neither SWITCH nor --to nor --undo.");
            return;
        }
        if (isUndo && (hasSwitch || hasTarget)) asked.AddError("--undo ID takes neither SWITCH nor --to.");
        if (isUndo && asked.GetResult(_dryRun) is { Implicit: false })
            asked.AddError("--undo ID can't be a dry run; give SWITCH and --to for one.");
        if (!isUndo && !hasSwitch) asked.AddError("SWITCH is missing: the virtual switch to migrate.");
        if (!isUndo && !hasTarget) asked.AddError("Option '--to' is required: the physical switch to migrate it to.");
    }

    private MigrateOptions Read(ParseResult parsed) =>
        new(parsed.GetValue(_switch) ?? "", parsed.GetValue(_to) ?? "")
        {
            IsDryRun = parsed.GetValue(_dryRun),
            Undo = parsed.GetValue(_undo),
            EnsemblePath = parsed.GetValue(_ensemble),
            Method = parsed.GetValue(_method)!,
            Operator = parsed.GetValue(_operator)!,
            Token = parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable(ServeCommand.TokenVariable),
            DeadlineSeconds = parsed.GetValue(_deadline),
            PauseMs = parsed.GetValue(_pause),
            Guard = parsed.GetValue(_guard)!,
            Budgets = _budgets.Read(parsed),
            Evidence = parsed.GetValue(_evidence),
            RequiresSelectAffinity = parsed.GetValue(_selectAffinity),
            Ports = [.. parsed.GetValue(_ports) ?? []],
        };
}
