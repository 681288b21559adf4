using System.Buffers.Binary;
using System.Net.Sockets;

namespace Lime.Benchmarks.Floor;

/// <summary>One switch of the floor.</summary>
internal sealed class FloorConnection(Socket socket) : IDisposable
{
    private const int MessageBytesMax = 65_535;

    private byte[] _rest = new byte[256];
    private int _restBytes;

    /// <summary>Reads once, and answers what is whole.</summary>
    /// <param name="received">Scratch, at least twice the largest message.</param>
    /// <param name="answers">Scratch, at least three times as large: the shortest packet-in has 32 bytes, its answer 80
    /// (in 1.3 56 and 104).</param>
    /// <returns>False if the connection has ended.</returns>
    public bool TryServe(Span<byte> received, Span<byte> answers)
    {
        _rest.AsSpan(0, _restBytes).CopyTo(received);
        int read = socket.Receive(received[_restBytes..], SocketFlags.None, out SocketError error);
        if (error != SocketError.Success || read == 0) return false;
        ReadOnlySpan<byte> rest = received[..(_restBytes + read)];
        int answered = 0;
        while (rest.Length >= FloorAnswers.HeaderBytes)
        {
            int bytes = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (bytes < FloorAnswers.HeaderBytes) return false;
            if (rest.Length < bytes) break;
            answered += FloorAnswers.Write(rest[..bytes], answers[answered..]);
            rest = rest[bytes..];
        }
        if (rest.Length > _rest.Length) _rest = new byte[MessageBytesMax];
        rest.CopyTo(_rest);
        _restBytes = rest.Length;
        return TrySend(answers[..answered]);
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
