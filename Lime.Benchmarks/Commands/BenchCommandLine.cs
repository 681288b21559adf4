using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Lime.Apps.Sample.Commands;

namespace Lime.Benchmarks.Commands;

/// <summary>The commands of the harness; what is none of them is BenchmarkDotNet's.</summary>
internal static class BenchCommandLine
{
    /// <summary>Whether the arguments are for one of these commands.</summary>
    public static bool IsFor(string[] args) => args is ["--help" or "-h" or "-?"]
        || (args.Length > 0 && CreateRoot(TextWriter.Null, TextWriter.Null).Subcommands
            .Any(each => each.Name == args[0]));

    /// <summary>Runs what <paramref name="args"/> ask for.</summary>
    /// <returns>0: done; 1: done, and something is not as it should be; 2: could not begin.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        ParseResult parsed = CreateRoot(output, error).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (string message in parsed.Errors.Select(each => each.Message).Distinct())
                await error.WriteLineAsync(message);
            await error.WriteLineAsync($"Try '{parsed.CommandResult.Command.Name} --help'.");
            return ExitCode.CouldNotStart;
        }
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, stop);
        }
        catch (CommandFailedException failure)
        {
            await error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped.");
            return ExitCode.CouldNotStart;
        }
    }

    private static RootCommand CreateRoot(TextWriter output, TextWriter error)
    {
        var root = new RootCommand(
            "Measures OpenFlow controllers, and what Lime's virtual layer costs.\n"
            + "fleet --help: many switches that connect at once.\n"
            + "Everything else, --filter first, is BenchmarkDotNet's.");
        root.Subcommands.Add(CbenchCommand.Create(output, error));
        root.Subcommands.Add(FloorCommand.Create(output));
        root.Subcommands.Add(OverheadCommand.Create(output, error));
        root.Subcommands.Add(OverheadCommand.CreateServer(output));
        root.Subcommands.Add(MigrateCommand.Create(output, error));
        root.Subcommands.Add(UpdatesCommand.Create(output, error));
        root.Subcommands.Add(ScaleCommand.Create(output, error));
        root.Subcommands.Add(PlotsCommand.Create(output));
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction action } help)
                help.Action = new HelpWithExamples(action, BenchExamples.Of);
        }
        return root;
    }
}
