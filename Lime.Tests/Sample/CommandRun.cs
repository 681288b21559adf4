using Lime.Apps.Sample.Commands;

namespace Lime.Tests.Sample;

/// <summary>The program run in this process, and what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> OfAsync(params string[] args) => WithInputAsync([], args);

    /// <summary>The same with a standard input.</summary>
    public static async Task<CommandRun> WithInputAsync(byte[] input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var console = new CommandConsole(output, error) { OpenInput = () => new MemoryStream(input) };
        int exitCode = await CommandLine.RunAsync(args, console, CancellationToken.None);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
