using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Lime.OpenFlow.Transport;

/// <summary>A connected socket as a pair of pipes; the one place that knows the socket library.</summary>
/// <remarks>
/// Life cycle: the owner completes both pipes and disposes; the socket closes when what was written has
/// been sent, or after the linger timeout. The library itself never closes a socket.
/// Threading: pipe continuations run on the owner's loop; dispose from any thread.
/// </remarks>
internal sealed class TcpTransport : IDuplexPipe, IDisposable
{
    private readonly SocketConnection _connection;
    private readonly TimeSpan _lingerTimeout;
    private readonly Lock _lock = new();
    private Timer? _linger;
    private bool _isDisposed;
    private bool _isSent;
    private bool _isClosed;

    public TcpTransport(Socket socket, PipeScheduler loop, TcpTransportOptions options)
    {
        _lingerTimeout = options.LingerTimeout;
        if (socket.AddressFamily != AddressFamily.Unix) socket.NoDelay = true;
        _connection = SocketConnection.Create(
            socket,
            options.SendPipe(loop),
            options.ReceivePipe(loop),
            SocketConnectionOptions.InlineReads | SocketConnectionOptions.InlineWrites);
        // Obsolete because not every PipeWriter calls it; this one is a Pipe's, which does, and nothing
        // else says that the library's send loop is done.
#pragma warning disable CS0618
        _connection.Output.OnReaderCompleted(static (_, state) => ((TcpTransport)state!).OnSent(), this);
#pragma warning restore CS0618
    }

    public PipeReader Input => _connection.Input;

    public PipeWriter Output => _connection.Output;

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            if (!_isSent) _linger = new Timer(CloseLate, this, _lingerTimeout, Timeout.InfiniteTimeSpan);
        }
        if (_isSent) Close();
    }

    private static void CloseLate(object? transport) => ((TcpTransport)transport!).Close();

    private void OnSent()
    {
        lock (_lock)
        {
            _isSent = true;
            if (!_isDisposed) return;
        }
        Close();
    }

    private void Close()
    {
        lock (_lock)
        {
            if (_isClosed) return;
            _isClosed = true;
            _linger?.Dispose();
        }
        _connection.Dispose();
    }
}
