using System.Threading.Channels;

namespace Lime.Apps.Sample.Serving;

/// <summary>Lines on their way to a writer. A terminal that is stopped (Ctrl-S, a pager) must not stop the
/// controller's loop, which is where most lines come from.</summary>
/// <remarks>
/// Bounded: when it is full, lines are dropped and counted, and the count is written as soon as there is
/// room.
/// Life cycle: disposed once; what is queued then is still written, for 2 s at most.
/// Threading: any thread may write.
/// </remarks>
internal sealed class LineQueue : IAsyncDisposable
{
    private const int LinesMax = 10_000;
    private static readonly TimeSpan DisposeTime = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(LinesMax)
    {
        // Wait makes TryWrite answer false when full, which is what counts the loss.
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
    });

    private readonly TextWriter _writer;
    private readonly Task _writing;
    private int _droppedCount;

    public LineQueue(TextWriter writer)
    {
        _writer = writer;
        // A thread of its own: a console's writer blocks, whatever its async methods promise.
        _writing = Task.Factory.StartNew(
            WriteLines, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Write(string line)
    {
        if (!_lines.Writer.TryWrite(line)) Interlocked.Increment(ref _droppedCount);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(DisposeTime));
    }

    private void WriteLines()
    {
        try
        {
            while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (_lines.Reader.TryRead(out string? line)) _writer.WriteLine(line);
                int droppedCount = Interlocked.Exchange(ref _droppedCount, 0);
                if (droppedCount > 0)
                    _writer.WriteLine($"({droppedCount} lines dropped: the terminal is too slow)");
                _writer.Flush();
            }
        }
        catch (IOException)
        {
            // The reader of our output has gone (a closed pipe). The controller goes on without being heard.
            _lines.Writer.TryComplete();
        }
    }
}
