using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>Answers malformed messages with the error that the specification names: never an error with an
/// error, and no more a second than allowed.</summary>
/// <remarks>Threading: the owner loop only.</remarks>
internal sealed class FrameRefusal(OpenFlowChannel channel, ChannelTally tally, ErrorLimiter limiter)
{
    /// <summary>"At least 64 bytes of the failed request" (OpenFlow 1.0.0 section 5.4.4).</summary>
    public const int QuoteBytes = 64;

    /// <summary>Counts and answers a malformed frame.</summary>
    /// <param name="codec">Writes the answer.</param>
    /// <param name="frame">The frame, or as much as there is of it; the header at least.</param>
    /// <param name="exception">What was wrong.</param>
    public void Refuse(OpenFlowCodec codec, ReadOnlySpan<byte> frame, OpenFlowProtocolException exception) =>
        Refuse(codec, frame, exception.Type, exception.Code, exception.Experimenter);

    /// <summary>Counts and answers a frame of another version than the negotiated.</summary>
    public void RefuseVersion(OpenFlowCodec codec, ReadOnlySpan<byte> frame) =>
        Refuse(codec, frame, ErrorType.BadRequest, ErrorCodes.BadVersion);

    private void Refuse(
        OpenFlowCodec codec, ReadOnlySpan<byte> frame, ErrorType type, ushort code, uint? experimenter = null)
    {
        tally.MalformedArrived();
        if (FrameFields.TypeOf(frame) == FrameFields.ErrorType || !limiter.TryTake()) return;
        ReadOnlySpan<byte> quote = frame[..Math.Min(frame.Length, QuoteBytes)];
        ImmutableArray<byte> bytes = experimenter is { } whose ? Signed(whose, quote) : [.. quote];
        channel.SendOwn(codec, FrameFields.XidOf(frame), new ErrorMessage(type, code, bytes));
    }

    /// <summary>An experimenter's error has its number before the quote (OpenFlow 1.3.5 section 7.4.4).</summary>
    private static ImmutableArray<byte> Signed(uint experimenter, ReadOnlySpan<byte> quote)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(number, experimenter);
        return [.. number, .. quote];
    }
}
