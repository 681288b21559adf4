using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Lime.OpenFlow.Channel;

/// <summary>What a channel has to say and the transport has not taken yet: bounded, in order.</summary>
/// <remarks>
/// Messages are encoded into pooled segments of our own, and a flush hands the segments to the transport
/// one by one. Not into the pipe's own memory, because a <see cref="PipeWriter"/> may not be written to
/// while its flush is pending (which is when the outbox fills), and because the socket library completes
/// its writer from another thread when the peer resets, which would pull the memory from under an encoder.
/// The copy costs some nanoseconds a message.
/// Life cycle: <see cref="End"/> is last; what is left by then is dropped.
/// Threading: the owner loop only; the transport's writer scheduler has to be that loop, since a pending
/// write continues there.
/// </remarks>
internal sealed class Outbox
{
    private readonly PipeWriter _writer;
    private readonly OutboxLimits _limits;
    private readonly IOutboxOwner _owner;
    private readonly ChannelClock _clock;
    private readonly DeadlineTimer _fullTimer;
    private readonly Queue<OutboxSegment> _closed = new();
    private readonly Action _onWritten;
    private readonly long _crowdedBytes;
    private OutboxSegment _open;
    private OutboxSegment _written;
    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _write;
    private long _fullSinceTicks;
    private long _bytes;
    private bool _isFull;
    private bool _isWriting;
    private bool _isEnding;
    private OutboxRelief? _relief;

    public Outbox(PipeWriter writer, OutboxLimits limits, ChannelClock clock, IOutboxOwner owner)
    {
        _writer = writer;
        _limits = limits;
        _crowdedBytes = limits.BytesMax / 4 * 3L;
        _clock = clock;
        _owner = owner;
        _fullTimer = new DeadlineTimer(clock, CheckFull);
        _onWritten = OnWritten;
    }

    /// <summary>Whether there are bytes that no write has been begun for.</summary>
    public bool HasUnflushed => _open.Bytes > 0 || _closed.Count > 0;

    /// <summary>Whether it holds so much that what is read and would be answered had better wait.</summary>
    public bool IsCrowded => _bytes > _crowdedBytes && !_isEnding;

    /// <summary>Completes when it has drained to half, or when that is not to be waited for (<see
    /// cref="OutboxRelief"/>).</summary>
    public Task RelievedAsync() => (_relief ??= new OutboxRelief(_clock)).BeginAsync();

    /// <summary>Nothing is waited for any more.</summary>
    public void Relieve() => _relief?.End();

    /// <summary>Whether a message of this size is taken; once one is refused all are, until the outbox has
    /// drained to half, so that none overtakes another.</summary>
    public bool HasRoom(int bytes)
    {
        if (_isFull) return false;
        if (_bytes + bytes <= _limits.BytesMax) return true;
        _isFull = true;
        _fullSinceTicks = _clock.NowTicks;
        _fullTimer.ArmAt(_fullSinceTicks + _limits.FullTimeout.Ticks);
        return false;
    }

    /// <summary>Room for one frame, to be filled and committed before anything else happens.</summary>
    public Span<byte> Reserve(int bytes)
    {
        if (!_open.HasRoom(bytes))
        {
            bool isFirst = _open.Bytes == 0;
            if (isFirst) _open.Return();
            else _closed.Enqueue(_open);
            _open = isFirst ? OutboxSegment.RentFirst(bytes) : OutboxSegment.RentNext();
        }
        return _open.Reserve(bytes);
    }

    public void Commit(int bytes)
    {
        _open.Commit(bytes);
        _bytes += bytes;
    }

    /// <summary>Hands over what the transport takes; what it does not take follows when it does.</summary>
    public void Flush()
    {
        while (!_isWriting && !_isEnding && TryTakeSegment())
        {
            _isWriting = true;
            try
            {
                ValueTask<FlushResult> write = _writer.WriteAsync(_written.Memory);
                _write = write.ConfigureAwait(false).GetAwaiter();
            }
            catch (Exception exception)
            {
                Fail(exception);
                return;
            }
            if (!_write.IsCompleted)
            {
                _write.UnsafeOnCompleted(_onWritten);
                return;
            }
            if (!FinishWrite()) return;
        }
    }

    /// <summary>Ends the writer; at once, or when the write in progress has been cancelled.</summary>
    public void End()
    {
        if (_isEnding) return;
        _isEnding = true;
        _fullTimer.Stop();
        _relief?.Stop();
        if (_isWriting) _writer.CancelPendingFlush();
        else CompleteWriter();
    }

    private bool TryTakeSegment()
    {
        if (_closed.TryDequeue(out _written)) return true;
        _written = _open;
        _open = default;
        if (_written.Bytes > 0) return true;
        _written.Return();
        return false;
    }

    private void OnWritten()
    {
        if (FinishWrite()) Flush();
    }

    /// <returns>Whether the transport goes on.</returns>
    private bool FinishWrite()
    {
        FlushResult result;
        try
        {
            result = _write.GetResult();
        }
        catch (Exception exception)
        {
            Fail(exception);
            return false;
        }
        ReturnWritten();
        if (_isEnding)
        {
            CompleteWriter();
            return false;
        }
        if (result.IsCompleted) _owner.OnOutboxFailed(null);
        else CheckDrained();
        return !_isEnding && !result.IsCompleted;
    }

    private void Fail(Exception exception)
    {
        ReturnWritten();
        if (_isEnding) CompleteWriter();
        else _owner.OnOutboxFailed(exception);
    }

    private void ReturnWritten()
    {
        _isWriting = false;
        _bytes -= _written.Bytes;
        _relief?.HasDrained(isRelieved: _bytes <= _limits.BytesMax / 2);
        _written.Return();
    }

    private void CheckDrained()
    {
        if (!_isFull || _bytes > _limits.BytesMax / 2) return;
        _isFull = false;
        _owner.OnOutboxDrained();
    }

    private long CheckFull()
    {
        if (!_isFull) return DeadlineTimer.Never;
        long deadline = _fullSinceTicks + _limits.FullTimeout.Ticks;
        if (_clock.NowTicks <= deadline) return deadline;
        _owner.OnOutboxStuck();
        return DeadlineTimer.Never;
    }

    private void CompleteWriter()
    {
        _open.Return();
        while (_closed.TryDequeue(out OutboxSegment segment)) segment.Return();
        _writer.Complete();
    }
}
