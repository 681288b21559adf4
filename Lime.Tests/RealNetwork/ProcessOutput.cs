using System.Text;

namespace Lime.Tests.RealNetwork;

/// <summary>Collects the lines of one of a process' two outputs as they come.</summary>
/// <remarks>
/// Life cycle: reads from construction until the pipe closes.
/// Threading: a thread of its own adds lines, one test waits for them; the lock guards text, count
/// and waiter. The thread is not of the pool: reads of a pipe block, and a few of them would hold
/// up the pool, and with it the controller under test, for a second.
/// </remarks>
internal sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private int _lineCount;
    private int _awaitedLineCount;
    private TaskCompletionSource? _awaited;

    public ProcessOutput(TextReader reader) =>
        Completion = Task.Factory.StartNew(
            () => Read(reader), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Completes when the process, and all that inherited the pipe, have closed
    /// it.</summary>
    public Task Completion { get; }

    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    /// <summary>Waits until so many lines have come; one wait at a time.</summary>
    public Task WaitForLinesAsync(int lineCount, TimeSpan timeout)
    {
        TaskCompletionSource awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lineCount >= lineCount)
                return Task.CompletedTask;
            _awaitedLineCount = lineCount;
            _awaited = awaited;
        }
        return awaited.Task.WaitAsync(timeout);
    }

    private void Read(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
            Add(line);
    }

    private void Add(string line)
    {
        lock (_lock)
        {
            _text.Append(line).Append('\n');
            _lineCount++;
            if (_lineCount >= _awaitedLineCount)
                _awaited?.TrySetResult();
        }
    }
}
