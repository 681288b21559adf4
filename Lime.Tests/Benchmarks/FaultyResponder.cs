using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Lime.Benchmarks.Floor;

namespace Lime.Tests.Benchmarks;

/// <summary>Answers packet-ins as the floor does, with faults that it counts: of each five one is doubled, one not
/// answered, one answered for another address, and one with an error; the fifth is right.</summary>
/// <remarks>Threading: a thread a connection.</remarks>
internal sealed class FaultyResponder : IDisposable
{
    private const int PacketIn = 10;
    private const int SourceInFlowMod = 14;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private long _doubled;
    private long _dropped;
    private long _misdirected;
    private long _errors;

    public FaultyResponder()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    public IPEndPoint LocalEndPoint { get; }

    public long Doubled => _doubled;

    public long Dropped => _dropped;

    public long Misdirected => _misdirected;

    public long Errors => _errors;

    public async Task RunAsync(CancellationToken stop)
    {
        var connections = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                connections.Add(ServeAsync(await _listener.AcceptAsync(stop), stop));
            }
            catch (OperationCanceledException)
            {
                await Task.WhenAll(connections);
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Socket accepted, CancellationToken stop)
    {
        using Socket socket = accepted;
        using var stream = new NetworkStream(socket);
        var header = new byte[8];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(header, stop);
                var frame = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2))];
                header.CopyTo(frame, 0);
                await stream.ReadExactlyAsync(frame.AsMemory(8), stop);
                await stream.WriteAsync(AnswerTo(frame), stop);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            socket.Close();
        }
    }

    private byte[] AnswerTo(byte[] frame)
    {
        var answer = new byte[frame.Length + 256];
        byte[] right = answer[..FloorAnswers.Write(frame, answer)];
        bool isGenerated = frame[1] == PacketIn && frame[15] == 1;
        if (!isGenerated) return right;
        switch (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(8)) % 5)
        {
            case 1:
                Interlocked.Increment(ref _doubled);
                return [.. right, .. right];
            case 2:
                Interlocked.Increment(ref _dropped);
                return [];
            case 3:
                Interlocked.Increment(ref _misdirected);
                right[SourceInFlowMod + 3] ^= 1;
                return right;
            case 4:
                Interlocked.Increment(ref _errors);
                return [1, 1, 0, 12, 0, 0, 0, 0, 0, 1, 0, 1];
            default:
                return right;
        }
    }
}
