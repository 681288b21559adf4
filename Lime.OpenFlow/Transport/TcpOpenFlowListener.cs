using System.Net;
using System.Net.Sockets;

namespace Lime.OpenFlow.Transport;

/// <summary>Accepts OpenFlow peers over TCP.</summary>
/// <remarks>Life cycle: listens from <see cref="Start"/> to <see cref="Dispose"/>; accepted connections
/// outlive it. Threading: start and dispose from any thread.</remarks>
public sealed class TcpOpenFlowListener : IDisposable
{
    private readonly Socket _socket;
    private readonly TcpListenerCallbacks _callbacks;
    private readonly TcpTransportOptions _options;
    private readonly CancellationTokenSource _stop = new();

    private TcpOpenFlowListener(Socket socket, TcpListenerCallbacks callbacks, TcpTransportOptions options)
    {
        _socket = socket;
        _callbacks = callbacks;
        _options = options;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Where it listens, with the port that the system chose if port 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="endPoint">Address and port; port 0: any free one.</param>
    /// <param name="callbacks">What becomes of connections.</param>
    /// <param name="options">Buffers; null: <see cref="TcpTransportOptions.Default"/>.</param>
    /// <exception cref="SocketException">The address is not ours, or taken.</exception>
    public static TcpOpenFlowListener Start(
        IPEndPoint endPoint,
        TcpListenerCallbacks callbacks,
        TcpTransportOptions? options = null)
    {
        options ??= TcpTransportOptions.Default;
        options.Validate();
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endPoint);
            socket.Listen(options.Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        var listener = new TcpOpenFlowListener(socket, callbacks, options);
        _ = listener.AcceptAllAsync();
        return listener;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket accepted = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
                HandOver(accepted);
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                // Out of file descriptors, or the peer was gone before it was accepted: later ones may do
                // better.
                _callbacks.OnAcceptFailed(exception);
                await PauseAsync().ConfigureAwait(false);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PauseAsync() =>
        await Task.Delay(_options.AcceptPause, _stop.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void HandOver(Socket accepted)
    {
        TcpTransport? transport = null;
        try
        {
            EndPoint remote = accepted.RemoteEndPoint!;
            var loop = _callbacks.ChooseLoop(remote);
            transport = new TcpTransport(accepted, loop, _options);
            _callbacks.OnAccepted(new AcceptedConnection(transport, remote, loop));
        }
        catch (Exception exception)
        {
            transport?.Dispose();
            accepted.Dispose();
            _callbacks.OnAcceptFailed(exception);
        }
    }
}
