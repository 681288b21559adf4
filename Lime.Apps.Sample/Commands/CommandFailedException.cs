namespace Lime.Apps.Sample.Commands;

/// <summary>A command cannot go on; the message is what the user is told, one or more whole lines.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.CouldNotStart)
    : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
