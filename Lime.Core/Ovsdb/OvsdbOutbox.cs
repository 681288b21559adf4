using System.IO.Pipelines;

namespace Lime.Core.Ovsdb;

/// <summary>What a connection has to say and the transport has not taken yet: bounded, in order.</summary>
/// <remarks>Life cycle: <see cref="End"/> is last; what is left by then is dropped. Threading: the owner loop only,
/// which has to be the transport's writer scheduler: a write continues there, by the loop's own <see
/// cref="SynchronizationContext"/>.</remarks>
internal sealed class OvsdbOutbox
{
    private readonly PipeWriter _writer;
    private readonly OvsdbOptions _options;
    private readonly Action<OvsdbCloseCause> _fail;
    private readonly ITimer _stuckTimer;
    private readonly Queue<byte[]> _messages = new();
    private long _bytes;
    private bool _isDraining;
    private bool _isEnded;

    /// <param name="writer">The transport's.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">The loop's.</param>
    /// <param name="fail">Told once why no more is taken.</param>
    public OvsdbOutbox(PipeWriter writer, OvsdbOptions options, TimeProvider time, Action<OvsdbCloseCause> fail)
    {
        _writer = writer;
        _options = options;
        _fail = fail;
        _stuckTimer = time.CreateTimer(
            static state => ((OvsdbOutbox)state!).OnStuck(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <returns><see langword="false"/> if it does not fit; then nothing is sent.</returns>
    public bool TrySend(byte[] message)
    {
        if (_isEnded || _bytes + message.Length > _options.OutboxBytesMax) return false;
        _bytes += message.Length;
        _messages.Enqueue(message);
        if (!_isDraining) _ = DrainAsync();
        return true;
    }

    /// <summary>Ends the writer; at once, or when the write in progress has been cancelled.</summary>
    public void End()
    {
        if (_isEnded) return;
        _isEnded = true;
        Stop();
        if (_isDraining) _writer.CancelPendingFlush();
        else _writer.Complete();
    }

    /// <summary>No timer fires any more.</summary>
    public void Stop() => _stuckTimer.Dispose();

    private async Task DrainAsync()
    {
        _isDraining = true;
        OvsdbCloseCause? failure = null;
        while (!_isEnded && failure is null && _messages.TryDequeue(out byte[]? message))
            failure = await WriteAsync(message);
        _isDraining = false;
        if (_isEnded) _writer.Complete();
        else if (failure is not null) _fail(failure);
    }

    /// <returns>Why no more can be written; null if more can.</returns>
    private async ValueTask<OvsdbCloseCause?> WriteAsync(byte[] message)
    {
        _stuckTimer.Change(_options.OutboxStuckTimeout + TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
        try
        {
            FlushResult result = await _writer.WriteAsync(message);
            _bytes -= message.Length;
            if (!_isEnded) _stuckTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return result.IsCompleted
                ? new OvsdbCloseCause(OvsdbCloseReason.ClosedByServer, "The server takes no more bytes.")
                : null;
        }
        catch (Exception exception)
        {
            return OvsdbCloseCause.Of(OvsdbCloseReason.TransportFailed, exception);
        }
    }

    private void OnStuck()
    {
        if (_isEnded) return;
        _fail(new OvsdbCloseCause(
            OvsdbCloseReason.OutboxStuck, $"The server has taken nothing for {_options.OutboxStuckTimeout}."));
    }
}
