using System.Buffers;
using Lime.OpenFlow;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: the same frames come out however the stream was cut into segments. Method: all vectors
/// as one stream,
/// split at every byte, into single bytes, and cut short at every byte.</remarks>
[TestFixture]
public sealed class FrameReaderTests
{
    private static readonly byte[][] Frames = [.. VectorsV10.All.Select(vector => vector.Bytes)];
    private static readonly byte[] Stream = [.. Frames.SelectMany(frame => frame)];

    [Test]
    public void A_stream_split_at_any_byte_gives_the_same_frames()
    {
        for (int split = 0; split <= Stream.Length; split++)
        {
            ReadOnlySequence<byte> buffer = Segments(Stream[..split], Stream[split..]);
            AssertFrames(buffer, split);
        }
    }

    [Test]
    public void A_stream_in_single_bytes_gives_the_same_frames() =>
        AssertFrames(Segments(SingleBytes(Stream)), 1);

    [Test]
    public void A_frame_in_one_segment_is_not_copied()
    {
        var buffer = new ReadOnlySequence<byte>(Stream);

        bool isWhole = FrameReader.TryRead(ref buffer, [], out ReadOnlySpan<byte> frame);

        Assert.That(isWhole, Is.True);
        Assert.That(frame.Overlaps(Stream), Is.True);
    }

    [Test]
    public void An_incomplete_frame_consumes_nothing([Values(false, true)] bool isInSingleBytes)
    {
        byte[] frame = Frames[^1];
        for (int length = 0; length < frame.Length; length++)
        {
            byte[] cut = frame[..length];
            ReadOnlySequence<byte> buffer = Segments(isInSingleBytes ? SingleBytes(cut) : [cut]);

            bool isWhole = FrameReader.TryRead(ref buffer, new byte[65535], out _);

            Assert.That(isWhole, Is.False);
            Assert.That(buffer.Length, Is.EqualTo(length));
        }
    }

    [Test]
    public void A_length_below_the_header_loses_the_framing(
        [Range(0, 7)] int length, [Values(4, 8)] int received, [Values(false, true)] bool isInSingleBytes)
    {
        byte[] bytes = [1, 0, 0, (byte)length, 0, 0, 0, 0];
        bytes = bytes[..received];
        ReadOnlySequence<byte> buffer =
            Segments(isInSingleBytes ? SingleBytes(bytes) : [bytes]);

        Assert.That(() => FrameReader.TryRead(ref buffer, new byte[65535], out _),
            Throws.TypeOf<OpenFlowProtocolException>()
                .With.Property(nameof(OpenFlowProtocolException.IsFramingLost)).True
                .And.Property(nameof(OpenFlowProtocolException.Code)).EqualTo(ErrorCodes.BadLength));
    }

    [Test]
    public void The_longest_frame_is_read_across_segments()
    {
        byte[] frame = new byte[65535];
        new FrameHeader(1, 2, 65535, default).Write(frame);
        ReadOnlySequence<byte> buffer = Segments(frame[..3], frame[3..40000], frame[40000..]);

        bool isWhole = FrameReader.TryRead(ref buffer, new byte[65535], out ReadOnlySpan<byte> read);

        Assert.That(isWhole, Is.True);
        Assert.That(read.SequenceEqual(frame), Is.True);
        Assert.That(buffer.IsEmpty, Is.True);
    }

    private static void AssertFrames(ReadOnlySequence<byte> buffer, int split)
    {
        byte[] scratch = new byte[65535];
        foreach (byte[] expected in Frames)
        {
            bool isWhole = FrameReader.TryRead(ref buffer, scratch, out ReadOnlySpan<byte> frame);
            if (!isWhole || !frame.SequenceEqual(expected)) Assert.Fail($"Split at {split}: another frame.");
        }
        Assert.That(buffer.IsEmpty, Is.True);
    }

    private static byte[][] SingleBytes(byte[] bytes) => [.. bytes.Select(next => new[] { next })];

    private static ReadOnlySequence<byte> Segments(params byte[][] parts)
    {
        if (parts.Length == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Segment(parts[0], null);
        Segment last = first;
        foreach (byte[] part in parts.Skip(1)) last = new Segment(part, last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
