using System.Diagnostics;
using Lime.Apps.Sample.Decoding.Forms;
using Lime.Apps.Sample.Decoding.Messages;
using Lime.Apps.Sample.Decoding.Output;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>Holds the codecs to their promises with one frame: a value or a protocol error and nothing else; what is
/// decoded is encoded and decodes to the same again; bounded memory, steps and time.</summary>
/// <remarks>Threading: one thread at a time.</remarks>
/// <param name="findCodec">The codec of a version; null where there is none.</param>
internal sealed class FrameCheck(Func<byte, OpenFlowCodec?> findCodec)
{
    /// <summary>Once in so many accepted frames the way over JSON is tried too, which takes longer than all
    /// else.</summary>
    private const int JsonOneIn = 64;

    private readonly byte[] _encoded = new byte[FrameHeader.FrameBytesMax];
    private int _acceptedCount;

    /// <summary>Checks a frame.</summary>
    /// <param name="bytes">At least a header.</param>
    /// <param name="isCut">Whether the length field is obeyed, as a channel does; otherwise the codec gets all the
    /// bytes as they are, and may say what it likes about their length.</param>
    public FrameVerdict Check(ReadOnlySpan<byte> bytes, bool isCut)
    {
        FrameHeader header = FrameHeader.Read(bytes);
        if (isCut && header.LengthBytes < FrameHeader.SizeBytes) return new(FrameOutcome.NoFrame);
        if (isCut && header.LengthBytes > bytes.Length) return new(FrameOutcome.Incomplete);
        ReadOnlySpan<byte> frame = isCut ? bytes[..header.LengthBytes] : bytes;
        OpenFlowCodec? codec = findCodec(header.Version);
        return codec is null ? new(FrameOutcome.NoFrame) : Decode(codec, frame);
    }

    private FrameVerdict Decode(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        FrameVerdict verdict = Measure(codec, frame, out AnyMessage? message, out long ticks);
        if (verdict.Failure is not null) return verdict;
        // What is made once in a process, such as a type's statics, is none of the frame's.
        if (verdict.AllocatedBytes > DecodeLimits.AllocatedBytes(frame.Length))
            verdict = Measure(codec, frame, out message, out _);
        if (verdict.AllocatedBytes > DecodeLimits.AllocatedBytes(frame.Length))
            return verdict with { Failure = $"allocated {verdict.AllocatedBytes} bytes for {frame.Length}" };
        if (verdict.Steps > DecodeLimits.Steps(frame.Length))
            return verdict with { Failure = $"took {verdict.Steps} steps for {frame.Length} bytes" };
        if (ticks > DecodeLimits.Ticks(frame.Length) && IsSlow(codec, frame))
            return verdict with { Failure = $"took over {DecodeLimits.Microseconds(frame.Length)} us" };
        return message is null ? verdict : verdict with { Failure = EncodingFailure(codec, frame, message) };
    }

    private static bool IsSlow(OpenFlowCodec codec, ReadOnlySpan<byte> frame)
    {
        for (int i = 0; i < DecodeLimits.Measurements; i++)
        {
            Measure(codec, frame, out _, out long ticks);
            if (ticks <= DecodeLimits.Ticks(frame.Length)) return false;
        }
        return true;
    }

    private static FrameVerdict Measure(
        OpenFlowCodec codec, ReadOnlySpan<byte> frame, out AnyMessage? message, out long ticks)
    {
        message = null;
        long steps = ReaderSteps.OfThisThread;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        FrameVerdict verdict;
        try
        {
            message = Read(codec, frame, out long allocatedUpToHere);
            verdict = new(FrameOutcome.Accepted, AllocatedBytes: allocatedUpToHere - allocated);
        }
        catch (OpenFlowProtocolException refused)
        {
            long bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
            verdict = new(FrameOutcome.Refused, refused.Type, bytes);
        }
        // The promise is that there is no other exception: whatever it is, it has to be told, with the frame.
        catch (Exception other)
        {
            verdict = new(FrameOutcome.Refused, Failure: $"decoding threw {other}");
        }
        ticks = Stopwatch.GetTimestamp() - start;
        return verdict with { Steps = ReaderSteps.OfThisThread - steps };
    }

    /// <summary>Reads a message; what copying its views allocates doesn't count.</summary>
    private static AnyMessage Read(OpenFlowCodec codec, ReadOnlySpan<byte> frame, out long allocated)
    {
        switch (codec.KindOf(frame[1]))
        {
            case MessageKind.PacketIn:
                PacketIn packetIn = codec.ReadPacketIn(frame);
                allocated = GC.GetAllocatedBytesForCurrentThread();
                return PacketInMessage.Of(packetIn);
            case MessageKind.PacketOut:
                PacketOut packetOut = codec.ReadPacketOut(frame);
                allocated = GC.GetAllocatedBytesForCurrentThread();
                return PacketOutMessage.Of(packetOut);
            case MessageKind.FlowMod:
                FlowMod flowMod = codec.ReadFlowMod(frame);
                allocated = GC.GetAllocatedBytesForCurrentThread();
                return new FlowModMessage(flowMod);
            default:
                OpenFlowMessage message = codec.ReadMessage(frame);
                allocated = GC.GetAllocatedBytesForCurrentThread();
                return new ControlMessage(message);
        }
    }

    /// <summary>What goes wrong on the way back, if anything does.</summary>
    private string? EncodingFailure(OpenFlowCodec codec, ReadOnlySpan<byte> frame, AnyMessage message)
    {
        try
        {
            FrameHeader header = FrameHeader.Read(frame);
            int size = message.SizeOf(codec);
            int written = message.Write(codec, _encoded, header.Xid);
            ReadOnlySpan<byte> again = _encoded.AsSpan(0, written);
            if (written != size) return $"SizeOf says {size}, Write wrote {written}";
            if (FrameHeader.Read(again).LengthBytes != written) return "the encoded length field is wrong";
            if (!again.SequenceEqual(frame) && !IsSame(codec, again, message))
                return $"decode(encode(m)) is not m; encoded: {Convert.ToHexStringLower(again)}";
            return ++_acceptedCount % JsonOneIn == 0 ? JsonFailure(again) : null;
        }
        // As above: nothing may be thrown for what was decoded.
        catch (Exception exception)
        {
            return $"encoding what was decoded threw {exception}";
        }
    }

    private static bool IsSame(OpenFlowCodec codec, ReadOnlySpan<byte> again, AnyMessage message) =>
        Digest(AnyMessage.Read(codec, again)) == Digest(message);

    private static ulong Digest(AnyMessage message) =>
        DigestFields.Of<Envelope>(new Envelope(0, default, message), EnvelopeForm.Document);

    private static string? JsonFailure(ReadOnlySpan<byte> frame)
    {
        RoundTrip trip = RoundTrip.Of(frame);
        return trip.Outcome == RoundTripOutcome.Same ? null : $"over JSON: {trip.Outcome}: {trip.Detail}";
    }
}
