using System.Buffers.Binary;
using System.Net.Sockets;

namespace Lime.Benchmarks.Floor;

/// <summary>One switch of the floor.</summary>
internal sealed class FloorConnection(Socket socket) : IDisposable
{
    private const int ReceiveBytes = 256 * 1024;

    /// <summary>The shortest packet-in has 32 bytes, its answer 80 (in 1.3 56 and 104).</summary>
    private const int SendBytes = 3 * ReceiveBytes;

    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly byte[] _answers = new byte[SendBytes];
    private int _receivedBytes;

    /// <summary>Reads once, and answers what is whole.</summary>
    /// <returns>False if the connection has ended.</returns>
    public bool TryServe()
    {
        int received = socket.Receive(_received.AsSpan(_receivedBytes), SocketFlags.None, out SocketError error);
        if (error != SocketError.Success || received == 0) return false;
        _receivedBytes += received;
        int taken = 0;
        int answered = 0;
        while (_receivedBytes - taken >= FloorAnswers.HeaderBytes)
        {
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(taken + 2));
            if (bytes < FloorAnswers.HeaderBytes) return false;
            if (_receivedBytes - taken < bytes) break;
            answered += FloorAnswers.Write(_received.AsSpan(taken, bytes), _answers.AsSpan(answered));
            taken += bytes;
        }
        _receivedBytes -= taken;
        if (_receivedBytes > 0) _received.AsSpan(taken, _receivedBytes).CopyTo(_received);
        return TrySend(_answers.AsSpan(0, answered));
    }

    public void Dispose() => socket.Dispose();

    private bool TrySend(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0)
        {
            int sent = socket.Send(rest, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success) return false;
            rest = rest[sent..];
        }
        return true;
    }
}
