using System.Buffers;

namespace Lime.Core.Ovsdb;

/// <summary>Finds where a JSON object ends in a stream of them that stand back to back.</summary>
/// <remarks>RFC 7047 section 4 has JSON-RPC 1.0 over a stream, where nothing but the brackets says where a message
/// ends. Every byte is looked at once, however small the pieces in which a large message arrives; whether what stands
/// between the brackets is JSON is the parser's question. Life cycle: one object after the other; useless after it has
/// thrown. Threading: the owner loop only.</remarks>
internal sealed class JsonScanner(int messageBytesMax)
{
    private long _scanned;
    private long _start = -1;
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>Whether bytes of an object have been seen that isn't complete.</summary>
    public bool IsWithinMessage => _start >= 0;

    /// <summary>Bytes of the incomplete object that have been seen.</summary>
    public long PartialBytes => IsWithinMessage ? _scanned - _start : 0;

    /// <summary>Takes one object from the front of <paramref name="buffer"/>, and the white space before it.</summary>
    /// <param name="buffer">What has arrived and has not been taken: the same bytes as before, and more.</param>
    /// <param name="message">The object; valid as long as the buffer.</param>
    /// <returns><see langword="false"/> if there is none that is complete; then only white space is taken.</returns>
    /// <exception cref="OvsdbProtocolException">Something else than an object, or one that is too large.</exception>
    public bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        foreach (ReadOnlyMemory<byte> piece in buffer.Slice(_scanned))
        {
            if (!TryFindEnd(piece.Span)) continue;
            message = buffer.Slice(_start, _scanned - _start);
            buffer = buffer.Slice(_scanned);
            Restart();
            return true;
        }
        if (IsWithinMessage) return false;
        buffer = buffer.Slice(_scanned);
        _scanned = 0;
        return false;
    }

    private bool TryFindEnd(ReadOnlySpan<byte> piece)
    {
        foreach (byte each in piece)
        {
            long at = _scanned++;
            if (_start < 0 && !TryStart(each, at)) continue;
            if (at - _start >= messageBytesMax)
                throw new OvsdbProtocolException($"A message is longer than {messageBytesMax} bytes.");
            if (IsEnd(each)) return true;
        }
        return false;
    }

    private bool TryStart(byte each, long at)
    {
        if (each is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') return false;
        if (each != (byte)'{')
            throw new OvsdbProtocolException($"A message begins with byte 0x{each:x2}; expected '{{'.");
        _start = at;
        return true;
    }

    /// <summary>Brackets of either kind count alike: the parser sees to it that they match.</summary>
    private bool IsEnd(byte each)
    {
        if (_isEscaped) _isEscaped = false;
        else if (_isInString)
        {
            _isEscaped = each == (byte)'\\';
            _isInString = each != (byte)'"';
        }
        else if (each == (byte)'"') _isInString = true;
        else if (each is (byte)'{' or (byte)'[') _depth++;
        else if (each is (byte)'}' or (byte)']') return --_depth == 0;
        return false;
    }

    private void Restart()
    {
        _scanned = 0;
        _start = -1;
        _depth = 0;
    }
}
