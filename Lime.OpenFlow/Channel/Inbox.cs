using System.Buffers;
using System.Buffers.Binary;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>Cuts what arrives into frames and gives them to the handshake, then to the dispatch.</summary>
/// <remarks>Threading: the owner loop only.</remarks>
internal sealed class Inbox(
    OpenFlowChannel channel,
    Handshake handshake,
    FrameDispatcher dispatcher,
    ChannelParts parts)
{
    private bool _isHandshakeDone;

    /// <summary>Bytes of a frame that is not complete yet.</summary>
    public long LeftoverBytes { get; private set; }

    /// <inheritdoc cref="FrameDispatcher.EchoXid"/>
    public Xid EchoXid
    {
        set => dispatcher.EchoXid = value;
    }

    public void Begin() => handshake.Begin();

    /// <summary>No timer fires any more.</summary>
    public void Stop() => handshake.Stop();

    /// <summary>Counts what a read brought.</summary>
    /// <param name="bufferBytes">The buffer's size, with what was left over from the read before.</param>
    /// <returns>The bytes that are new.</returns>
    public long CountArrived(long bufferBytes)
    {
        long arrivedBytes = bufferBytes - LeftoverBytes;
        parts.Tally.BytesArrived(arrivedBytes);
        LeftoverBytes = bufferBytes;
        return arrivedBytes;
    }

    /// <summary>Takes all whole frames.</summary>
    /// <returns>Where the first incomplete one begins.</returns>
    public SequencePosition Take(ReadOnlySequence<byte> buffer)
    {
        // The scratch is rented per read, not kept per channel or thread: thousands of channels would keep
        // 64 KiB each, and a handler may run another channel's dispatch below this one.
        byte[]? scratch =
            buffer.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent(FrameHeader.FrameBytesMax);
        try
        {
            do
            {
                if (_isHandshakeDone) TakeSegment(ref buffer);
                if (channel.IsToPause || !TryRead(ref buffer, scratch, out ReadOnlySpan<byte> frame)) break;
                TakeFrame(frame);
            }
            while (!channel.IsToPause);
        }
        finally
        {
            LeftoverBytes = buffer.Length;
            if (scratch is not null) ArrayPool<byte>.Shared.Return(scratch);
        }
        return buffer.Start;
    }

    /// <summary>The packet path: takes the whole frames at the front of the first segment in one go, without cutting
    /// the sequence a frame at a time.</summary>
    private void TakeSegment(ref ReadOnlySequence<byte> buffer)
    {
        ReadOnlySpan<byte> segment = buffer.FirstSpan;
        int start = 0;
        try
        {
            while (segment.Length - start >= FrameHeader.SizeBytes && !channel.IsToPause)
            {
                ReadOnlySpan<byte> rest = segment[start..];
                int bytes = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                if (bytes < FrameHeader.SizeBytes || bytes > rest.Length) break;
                start += bytes;
                parts.Tally.MessageArrived();
                dispatcher.Take(channel.Codec!, rest[..bytes]);
            }
        }
        finally
        {
            if (start > 0) buffer = buffer.Slice(start);
        }
    }

    private bool TryRead(ref ReadOnlySequence<byte> buffer, Span<byte> scratch, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (!_isHandshakeDone && buffer.Length >= FrameHeader.SizeBytes && EndIfHopeless(buffer))
            return false;
        try
        {
            return FrameReader.TryRead(ref buffer, scratch, out frame);
        }
        catch (OpenFlowProtocolException exception)
        {
            LoseFraming(buffer, exception);
            return false;
        }
    }

    private bool EndIfHopeless(ReadOnlySequence<byte> buffer)
    {
        Span<byte> header = stackalloc byte[FrameHeader.SizeBytes];
        buffer.Slice(0, FrameHeader.SizeBytes).CopyTo(header);
        if (!handshake.IsHopeless(header)) return false;
        handshake.FailHopeless(header);
        return true;
    }

    private void LoseFraming(ReadOnlySequence<byte> buffer, OpenFlowProtocolException exception)
    {
        // There may be less than a header; what is missing counts as zero.
        Span<byte> front = stackalloc byte[FrameRefusal.QuoteBytes];
        front.Clear();
        int bytes = (int)Math.Min(buffer.Length, front.Length);
        buffer.Slice(0, bytes).CopyTo(front);
        front = front[..Math.Max(bytes, FrameHeader.SizeBytes)];
        parts.Refusal.Refuse(channel.Codec ?? handshake.EarlyCodec, front, exception);
        channel.Close(ChannelCloseReason.FramingLost, exception.Message);
    }

    private void TakeFrame(ReadOnlySpan<byte> frame)
    {
        parts.Tally.MessageArrived();
        if (_isHandshakeDone)
        {
            dispatcher.Take(channel.Codec!, frame);
            return;
        }
        handshake.Take(frame);
        if (channel.IsReady) EndHandshake();
    }

    private void EndHandshake()
    {
        _isHandshakeDone = true;
        ReadOnlySpan<byte> kept = handshake.End();
        while (kept.Length > 0 && !channel.IsClosed)
            dispatcher.Take(channel.Codec!, KeptFrames.TakeFirst(ref kept));
    }
}
