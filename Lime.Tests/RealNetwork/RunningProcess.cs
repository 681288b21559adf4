using System.Diagnostics;

namespace Lime.Tests.RealNetwork;

/// <summary>A program that runs beside the test; every wait for it is bounded.</summary>
/// <remarks>
/// Life cycle: <see cref="Start"/>, perhaps <see cref="Interrupt"/>, then <see cref="Finish"/>;
/// <see cref="Dispose"/> kills it and its children if it still runs.
/// Threading: one test uses it; two threads collect what it writes.
/// </remarks>
internal sealed class RunningProcess : IDisposable
{
    /// <summary>What a killed process' pipes may take to close.</summary>
    private static readonly TimeSpan PipeTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _commandText;
    private readonly ProcessOutput _output;
    private readonly ProcessOutput _error;

    private RunningProcess(Process process, string commandText)
    {
        _process = process;
        _commandText = commandText;
        _output = new ProcessOutput(process.StandardOutput);
        _error = new ProcessOutput(process.StandardError);
    }

    public int Id => _process.Id;

    public static RunningProcess Start(IReadOnlyList<string> commandLine)
    {
        string program = Tools.Find(commandLine[0])
            ?? throw new InvalidOperationException($"The program {commandLine[0]} is not installed.");
        ProcessStartInfo start = new(program, commandLine.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Tools.SearchPath;
        start.Environment["LC_ALL"] = "C";
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return new RunningProcess(process, string.Join(' ', commandLine));
    }

    /// <summary>Waits until it has written so many lines in all.</summary>
    /// <exception cref="TimeoutException">It wrote fewer in this time.</exception>
    public Task WaitForLinesAsync(int lineCount, TimeSpan timeout) =>
        _output.WaitForLinesAsync(lineCount, timeout);

    /// <returns><see langword="false"/> if it still runs after <paramref
    /// name="timeout"/>.</returns>
    public async Task<bool> HasEndedWithinAsync(TimeSpan timeout)
    {
        using CancellationTokenSource deadline = new(timeout);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends SIGINT, at which ping and iperf3 print their summary and end.</summary>
    public void Interrupt() => Command.TryRun("sh", "-c", $"kill -s INT {Id}");

    /// <summary>Waits for its end, and kills it when that does not come in time.</summary>
    /// <exception cref="TimeoutException">It had to be killed.</exception>
    public CommandResult Finish(TimeSpan timeout)
    {
        bool hasEnded = _process.WaitForExit(timeout);
        if (!hasEnded)
            Kill();
        bool isRead = Task.WaitAll([_output.Completion, _error.Completion], PipeTimeout);
        if (!hasEnded || !isRead)
        {
            string what = hasEnded ? "its output stayed open" : "it was killed";
            throw new TimeoutException($"{_commandText}: {what}. It wrote: {_output.Text}{_error.Text}");
        }
        return new CommandResult(_process.ExitCode, _output.Text, _error.Text);
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Kill()
    {
        if (_process.HasExited)
            return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(PipeTimeout);
    }
}
