using System.Buffers;
using System.Buffers.Binary;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Cuts a stream of bytes into OpenFlow messages.</summary>
/// <remarks>Pure; allocates nothing.</remarks>
public static class FrameReader
{
    /// <summary>The length field ends here; a header need not be complete for a bad length to be
    /// seen.</summary>
    private const int LengthEndsAt = 4;

    /// <summary>Takes one OpenFlow frame from the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has been received; starts behind the frame afterwards.</param>
    /// <param name="scratch">At least 65,535 bytes; used only when the frame crosses segments.</param>
    /// <param name="frame">The whole frame, header included; valid until the pipe is advanced.</param>
    /// <returns><see langword="false"/> if the frame is incomplete; then nothing is consumed.</returns>
    /// <exception cref="OpenFlowProtocolException">Length below 8 (OFPET_BAD_REQUEST,
    /// OFPBRC_BAD_LEN).</exception>
    /// <remarks>OpenFlow 1.0.0 section 5.1: the length is 16 bits and counts the header, so every frame
    /// fits one
    /// 64 KiB scratch, and codecs only ever see a contiguous span.</remarks>
    public static bool TryRead(
        ref ReadOnlySequence<byte> buffer, Span<byte> scratch, out ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> first = buffer.FirstSpan;
        if (first.Length < LengthEndsAt) return TryReadAcross(ref buffer, scratch, out frame);
        int lengthBytes = LengthOf(first);
        if (first.Length < lengthBytes) return TryCopy(ref buffer, lengthBytes, scratch, out frame);
        frame = first[..lengthBytes];
        buffer = buffer.Slice(lengthBytes);
        return true;
    }

    private static bool TryReadAcross(
        ref ReadOnlySequence<byte> buffer, Span<byte> scratch, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (buffer.Length < LengthEndsAt) return false;
        Span<byte> front = stackalloc byte[LengthEndsAt];
        buffer.Slice(0, LengthEndsAt).CopyTo(front);
        return TryCopy(ref buffer, LengthOf(front), scratch, out frame);
    }

    private static bool TryCopy(
        ref ReadOnlySequence<byte> buffer, int lengthBytes, Span<byte> scratch, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (buffer.Length < lengthBytes) return false;
        buffer.Slice(0, lengthBytes).CopyTo(scratch);
        frame = scratch[..lengthBytes];
        buffer = buffer.Slice(lengthBytes);
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> front)
    {
        int lengthBytes = BinaryPrimitives.ReadUInt16BigEndian(front[2..]);
        return lengthBytes >= FrameHeader.SizeBytes ? lengthBytes : throw TooShort(lengthBytes);
    }

    private static OpenFlowProtocolException TooShort(int lengthBytes) => new(
        ErrorType.BadRequest, ErrorCodes.BadLength,
        $"ofp_header.length at byte 2 is {lengthBytes}, less than the header's {FrameHeader.SizeBytes}.",
        isFramingLost: true);
}
