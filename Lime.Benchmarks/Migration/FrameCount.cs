namespace Lime.Benchmarks.Migration;

/// <summary>Counts the OpenFlow messages of a stream that is seen piece by piece.</summary>
/// <remarks>Threading: one thread.</remarks>
internal sealed class FrameCount
{
    private const int LengthEnd = 4;

    private readonly byte[] _start = new byte[LengthEnd];
    private int _startBytes;
    private int _restBytes;

    /// <summary>Messages that have begun.</summary>
    public long Messages { get; private set; }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_restBytes == 0)
            {
                int taken = Math.Min(LengthEnd - _startBytes, bytes.Length);
                bytes[..taken].CopyTo(_start.AsSpan(_startBytes));
                _startBytes += taken;
                bytes = bytes[taken..];
                if (_startBytes < LengthEnd) return;
                Messages++;
                _startBytes = 0;
                _restBytes = Math.Max((_start[2] << 8 | _start[3]) - LengthEnd, 0);
            }
            int skipped = Math.Min(_restBytes, bytes.Length);
            bytes = bytes[skipped..];
            _restBytes -= skipped;
        }
    }
}
