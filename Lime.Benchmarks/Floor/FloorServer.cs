using System.Net;
using System.Net.Sockets;
using Lime.Benchmarks.Sockets;

namespace Lime.Benchmarks.Floor;

/// <summary>One loop over plain sockets that answers every packet-in with a flow-mod.</summary>
/// <remarks>
/// No pipes, no codec, no app, no table: whatever a controller does beyond it is what the controller costs. A
/// connection is read when there is something to read, and its answers go out in one call, which waits for room as a
/// write to a file does.
/// Life cycle: listens when made; <see cref="RunAsync"/> once. Threading: the loop has a thread of its own.
/// </remarks>
internal sealed class FloorServer : IDisposable
{
    private const int WaitMs = 100;
    private const int ReceiveBytes = 256 * 1024;

    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly byte[] _answers = new byte[3 * ReceiveBytes];
    private readonly Socket _listener;
    private readonly SocketPoll _poll = new();
    private readonly List<FloorConnection?> _connections = [];
    private volatile bool _isStopped;

    /// <exception cref="SocketException">The address is taken.</exception>
    public FloorServer(IPEndPoint endPoint)
    {
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endPoint);
            _listener.Listen(4096);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _poll.Add(_listener);
        _connections.Add(null);
    }

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Serves until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using CancellationTokenRegistration registration = stop.Register(() => _isStopped = true);
        await Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Dispose()
    {
        foreach (FloorConnection? each in _connections) each?.Dispose();
        _listener.Dispose();
    }

    private void Run()
    {
        while (!_isStopped)
        {
            _poll.Wait(WaitMs);
            int places = _poll.Count;
            if (_poll.IsReadable(0)) Accept();
            for (int place = 1; place < places; place++)
            {
                if (_connections[place] is not { } connection || !_poll.IsReadable(place)) continue;
                if (connection.TryServe(_received, _answers)) continue;
                connection.Dispose();
                _connections[place] = null;
                _poll.Remove(place);
            }
        }
    }

    private void Accept()
    {
        Socket accepted = _listener.Accept();
        accepted.NoDelay = true;
        int place = _poll.Add(accepted);
        while (_connections.Count <= place) _connections.Add(null);
        _connections[place] = new FloorConnection(accepted);
    }
}
