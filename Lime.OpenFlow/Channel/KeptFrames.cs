using System.Buffers;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>Frames that arrived in the middle of the handshake, in order, to be delivered after it.</summary>
/// <remarks>A switch may report ports and hand up packets before it tells its features; that is no reason
/// to lose it. Bounded by <see cref="BytesMax"/>; packets may fill a half of it only, so that port changes
/// still fit.</remarks>
internal sealed class KeptFrames
{
    public const int BytesMax = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The frames, one behind the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <returns>Whether there was room.</returns>
    public bool TryKeep(ReadOnlySpan<byte> frame, bool isPacket)
    {
        int bytesMax = isPacket ? BytesMax / 2 : BytesMax;
        if (_bytes.WrittenCount + frame.Length > bytesMax) return false;
        _bytes.Write(frame);
        return true;
    }

    /// <summary>Takes the first frame off the front.</summary>
    public static ReadOnlySpan<byte> TakeFirst(ref ReadOnlySpan<byte> frames)
    {
        int bytes = FrameHeader.Read(frames).LengthBytes;
        ReadOnlySpan<byte> frame = frames[..bytes];
        frames = frames[bytes..];
        return frame;
    }
}
