using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Lime.OpenFlow.Transport;

/// <summary>One direction of a delayed connection: takes chunks from one pipe and puts each into another
/// when due.</summary>
/// <remarks>Life cycle: <see cref="Start"/>, then until either end completes. Threading: the pipes'
/// scheduler and the clock's timers are one loop.</remarks>
internal sealed class DelayLine
{
    /// <summary>Bytes on their way before the sender is paused: 10 Gbit/s over 3 ms.</summary>
    private const long BytesMax = 4 * 1024 * 1024;

    private readonly PipeReader _from;
    private readonly PipeWriter _to;
    private readonly TimeProvider _time;
    private readonly Func<TimeSpan> _delay;
    private readonly ITimer _timer;
    private readonly long _start;
    private readonly Queue<DelayedChunk> _chunks = new();
    private readonly Action _onRead;
    private readonly Action _onWritten;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _read;
    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _write;
    private DelayedChunk _writing;
    private TimeSpan _lastDue;
    private long _bytes;
    private bool _isReading;
    private bool _isWriting;
    private bool _isEnding;
    private bool _isEnded;

    public DelayLine(PipeReader from, PipeWriter to, TimeProvider time, Func<TimeSpan> delay)
    {
        _from = from;
        _to = to;
        _time = time;
        _delay = delay;
        _start = time.GetTimestamp();
        _onRead = OnRead;
        _onWritten = OnWritten;
        _timer = time.CreateTimer(
            static line => ((DelayLine)line!).Deliver(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public void Start() => Read();

    private void Read()
    {
        while (!_isReading && !_isEnding && _bytes < BytesMax)
        {
            _isReading = true;
            ValueTask<ReadResult> read = _from.ReadAsync();
            _read = read.ConfigureAwait(false).GetAwaiter();
            if (!_read.IsCompleted)
            {
                _read.UnsafeOnCompleted(_onRead);
                return;
            }
            FinishRead();
        }
    }

    private void OnRead()
    {
        FinishRead();
        Read();
    }

    private void FinishRead()
    {
        _isReading = false;
        if (_isEnded) return;
        ReadResult result;
        try
        {
            result = _read.GetResult();
        }
        catch (Exception exception)
        {
            // The sender failed; the receiver learns it now, as from a connection that breaks.
            End(exception);
            return;
        }
        if (!result.Buffer.IsEmpty) Enqueue(DelayedChunk.Copy(result.Buffer, NextDue()));
        _from.AdvanceTo(result.Buffer.End);
        if (!result.IsCompleted) return;
        _isEnding = true;
        Enqueue(new DelayedChunk(null, 0, NextDue()));
    }

    /// <summary>Never before the chunk in front: a connection keeps its order whatever the delays.</summary>
    private TimeSpan NextDue()
    {
        TimeSpan due = Now + _delay();
        _lastDue = due > _lastDue ? due : _lastDue;
        return _lastDue;
    }

    private void Enqueue(DelayedChunk chunk)
    {
        _chunks.Enqueue(chunk);
        _bytes += chunk.Bytes;
        if (_chunks.Count == 1 && !_isWriting) ArmTimer();
    }

    private void ArmTimer()
    {
        if (!_chunks.TryPeek(out DelayedChunk next)) return;
        TimeSpan wait = next.Due - Now;
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Deliver()
    {
        while (!_isWriting && !_isEnded && _chunks.TryPeek(out DelayedChunk chunk) && chunk.Due <= Now)
        {
            _writing = _chunks.Dequeue();
            if (_writing.IsEnd)
            {
                End();
                return;
            }
            _isWriting = true;
            ValueTask<FlushResult> write = _to.WriteAsync(_writing.Memory);
            _write = write.ConfigureAwait(false).GetAwaiter();
            if (!_write.IsCompleted)
            {
                _write.UnsafeOnCompleted(_onWritten);
                return;
            }
            FinishWrite();
        }
        if (_isWriting || _isEnded) return;
        ArmTimer();
        Read();
    }

    private void OnWritten()
    {
        FinishWrite();
        Deliver();
    }

    private void FinishWrite()
    {
        _isWriting = false;
        _bytes -= _writing.Bytes;
        _writing.Return();
        // The receiver is gone: so is the line, and the sender learns it at its next flush.
        if (_write.GetResult().IsCompleted) End();
    }

    private void End(Exception? exception = null)
    {
        if (_isEnded) return;
        _isEnded = true;
        _isEnding = true;
        _timer.Dispose();
        while (_chunks.TryDequeue(out DelayedChunk chunk)) chunk.Return();
        if (_isReading) _from.CancelPendingRead();
        _from.Complete();
        _to.Complete(exception);
    }
}
