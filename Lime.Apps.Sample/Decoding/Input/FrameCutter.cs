using System.Buffers;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Input;

/// <summary>Cuts the bytes of a source into messages, as a channel cuts a stream.</summary>
internal static class FrameCutter
{
    /// <summary>Every message; where no more can be found, what was wrong, once, at the end.</summary>
    public static IEnumerable<CutFrame> Cut(ByteSource source)
    {
        int offset = 0;
        while (offset < source.Bytes.Length)
        {
            CutFrame frame = CutOne(source, offset);
            yield return frame;
            if (frame.Fault is not null) yield break;
            offset += frame.Bytes.Length;
        }
    }

    private static CutFrame CutOne(ByteSource source, int offset)
    {
        var rest = new ReadOnlySequence<byte>(source.Bytes[offset..]);
        try
        {
            bool isWhole = FrameReader.TryRead(ref rest, default, out ReadOnlySpan<byte> frame);
            return isWhole
                ? new CutFrame(source, offset, source.Bytes.Slice(offset, frame.Length), null)
                : new CutFrame(source, offset, source.Bytes[offset..], TooFew(source.Bytes.Span[offset..]));
        }
        catch (OpenFlowProtocolException framingLost)
        {
            return new CutFrame(source, offset, source.Bytes[offset..], framingLost);
        }
    }

    private static OpenFlowProtocolException TooFew(ReadOnlySpan<byte> rest)
    {
        bool hasHeader = rest.Length >= FrameHeader.SizeBytes;
        string expected = hasHeader
            ? $"ofp_header.length at byte 2 is {FrameHeader.Read(rest).LengthBytes}"
            : $"ofp_header at byte 0 needs {FrameHeader.SizeBytes} bytes";
        return new OpenFlowProtocolException(
            ErrorType.BadRequest, ErrorCodes.BadLength,
            $"{expected}, but {rest.Length} are left.", isFramingLost: true);
    }
}
