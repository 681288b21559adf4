using System.Collections.Immutable;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>Puts pieces of hexadecimal text together: one that is whole messages stands for itself, others belong to
/// their neighbours, as the lines of a dump or the bytes of a message that the shell took apart.</summary>
internal sealed class HexPieces
{
    private readonly List<byte[]> _pieces = [];
    private readonly List<byte> _open = [];

    /// <summary>Adds the next piece.</summary>
    public void Add(byte[] piece)
    {
        if (AreWholeFrames(piece))
        {
            Break();
            _pieces.Add(piece);
            return;
        }
        _open.AddRange(piece);
        if (AreWholeFrames([.. _open])) Break();
    }

    /// <summary>What comes next belongs to something else.</summary>
    public void Break()
    {
        if (_open.Count > 0) _pieces.Add([.. _open]);
        _open.Clear();
    }

    /// <summary>Each run of bytes that belongs together.</summary>
    public ImmutableArray<byte[]> ToRuns()
    {
        Break();
        return [.. _pieces];
    }

    /// <summary>Whether bytes are one or more whole messages and nothing else.</summary>
    public static bool AreWholeFrames(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= FrameHeader.SizeBytes)
        {
            int length = FrameHeader.Read(bytes).LengthBytes;
            if (length < FrameHeader.SizeBytes || length > bytes.Length) return false;
            bytes = bytes[length..];
            if (bytes.IsEmpty) return true;
        }
        return false;
    }
}
