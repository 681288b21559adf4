using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Lime.OpenFlow.Transport;

/// <summary>Connects over TCP, as a switch does to its controller, or over a Unix socket.</summary>
public static class TcpOpenFlowConnector
{
    /// <summary>Connects.</summary>
    /// <param name="remote">The listening peer: an IP endpoint, a host name, or a
    /// <see cref="UnixDomainSocketEndPoint"/>.</param>
    /// <param name="loop">Where the transport's continuations run: the owner loop of its channel.</param>
    /// <param name="options">Buffers; null: <see cref="TcpTransportOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The transport; disposable, and disposed by the channel it is given to.</returns>
    /// <exception cref="SocketException">No connection.</exception>
    public static async Task<IDuplexPipe> ConnectAsync(
        EndPoint remote,
        PipeScheduler loop,
        TcpTransportOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= TcpTransportOptions.Default;
        options.Validate();
        Socket socket = remote is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
            return new TcpTransport(socket, loop, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
