namespace Lime.Apps.Sample.Commands;

/// <summary>Where a command writes; tests give it their own writers.</summary>
/// <remarks>Threading: any thread may write, a line at a time.</remarks>
internal sealed class CommandConsole : IDisposable
{
    public CommandConsole(TextWriter output, TextWriter error)
    {
        Output = TextWriter.Synchronized(output);
        Error = TextWriter.Synchronized(error);
    }

    /// <summary>Results and progress.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors and logs.</summary>
    public TextWriter Error { get; }

    /// <summary>Opens the standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Flushes; the writers stay their maker's.</summary>
    public void Dispose()
    {
        Output.Flush();
        Error.Flush();
    }
}
