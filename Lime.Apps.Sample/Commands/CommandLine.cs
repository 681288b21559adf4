using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lime.Apps.Sample.Commands;

/// <summary>The program's command line: without a command Figure 3's experiment, else <c>serve</c>,
/// <c>migrate</c>, <c>ensemble</c>, <c>decode</c> or <c>fuzz</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs what <paramref name="args"/> ask for.</summary>
    /// <param name="args">As the shell gave them.</param>
    /// <param name="console">Where it writes.</param>
    /// <param name="stop">Asks the command to end cleanly.</param>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandConsole console, CancellationToken stop)
    {
        ParseResult parsed = CreateRoot(console).Parse(args);
        // The library would exit with 1 here, which is what an aborted migration says.
        if (parsed.Action is ParseErrorAction) return ReportParseErrors(parsed, console);
        var configuration = new InvocationConfiguration
        {
            Output = console.Output,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are StopSignals' business: an abort under way may take longer than the library waits.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, stop);
        }
        catch (CommandFailedException failure)
        {
            await console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
    }

    public static RootCommand CreateRoot(CommandConsole console)
    {
        var root = new RootCommand(
            "Lime: an OpenFlow controller that moves running networks to other hardware.\n"
            + "Without a command it reproduces the experiment of the LIME paper (Figure 3, Table 1) in an embedded\n"
            + "network: a switch is migrated while pings go through it, and the losses are counted.");
        Figure3Command.AddTo(root, console);
        root.Subcommands.Add(EnsembleCommand.Create(console));
        root.Subcommands.Add(ServeCommand.Create(console));
        root.Subcommands.Add(MigrateCommand.Create(console));
        root.Subcommands.Add(DecodeCommand.Create(console));
        root.Subcommands.Add(FuzzCommand.Create(console));
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction action } help)
                help.Action = new HelpWithExamples(action, CommandExamples.Of);
        }
        return root;
    }

    private static int ReportParseErrors(ParseResult parsed, CommandConsole console)
    {
        foreach (string message in parsed.Errors.Select(each => OnOneLine(each.Message)).Distinct())
            console.Error.WriteLine(message);
        string command = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        console.Error.WriteLine($"Try '{command}--help'.");
        return ExitCode.CouldNotStart;
    }

    /// <summary>The library lists what an option takes on lines of their own.</summary>
    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
