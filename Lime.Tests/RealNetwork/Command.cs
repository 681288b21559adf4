namespace Lime.Tests.RealNetwork;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    /// <summary>Far above what any of them takes: seconds, on a loaded machine with 100,000
    /// rules.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs it and leaves the exit code to the caller.</summary>
    public static CommandResult TryRun(params IReadOnlyList<string> commandLine)
    {
        using RunningProcess process = RunningProcess.Start(commandLine);
        return process.Finish(Timeout);
    }

    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="InvalidOperationException">The exit code is not 0.</exception>
    public static string Run(params IReadOnlyList<string> commandLine)
    {
        CommandResult result = TryRun(commandLine);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException(
                $"{string.Join(' ', commandLine)}: exit code {result.ExitCode}: " +
                result.Error + result.Output);
    }
}
