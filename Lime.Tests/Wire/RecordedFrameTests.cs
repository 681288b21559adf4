using System.Collections.Concurrent;
using Lime.OpenFlow;
using Lime.OpenFlow.Wire;
using NUnit.Framework;

namespace Lime.Tests.Wire;

/// <remarks>Goal: what other programs put on a wire reads, and goes back on one as it was. Method: more than a thousand
/// messages of Open vSwitch and os-ken, from the files in Vectors; each is read, written and read again.</remarks>
[TestFixture]
public sealed class RecordedFrameTests
{
    /// <summary>Larger frames are written again after some of their changes only: the cost grows with the
    /// square.</summary>
    private const int WrittenBytesMax = 400;

    /// <summary>The few that are larger still are changed at some of their bits only.</summary>
    private const int EveryBitBytesMax = 8192;

    /// <summary>A prime, so that the bits are of every place in a byte and in a struct.</summary>
    private const int SomeOf = 911;

    private const int ShareCount = 2;

    private static IEnumerable<IGrouping<string, RecordedFrame>> Files =>
        RecordedFrame.All.GroupBy(frame => frame.Name.Split(':')[0]);

    private static IEnumerable<string> FileNames => Files.Select(file => file.Key);

    [Test]
    public void There_are_messages_of_every_source_in_every_version()
    {
        Assert.That(FileNames, Is.EquivalentTo("openvswitch-1.0 openvswitch-1.3 os-ken-1.0 os-ken-1.3".Split(' ')));
        Assert.That(RecordedFrame.All, Has.Count.GreaterThan(1000));
    }

    [TestCaseSource(nameof(FileNames))]
    public void A_recorded_message_reads_and_is_written_as_a_message_that_reads_equal(string file)
    {
        foreach (RecordedFrame frame in Frames(file))
        {
            object message = frame.Codec.Read(frame.Bytes);

            object again = frame.Codec.Read(frame.Codec.Write(frame.Xid, message));

            Assert.That(AnyMessage.AreEqual(message, again), $"{frame}: {message} became {again}");
        }
    }

    /// <remarks>What isn't in canonical form loses the bytes that mean nothing (max_len where nothing is sent to the
    /// controller, padding, an apply-actions without actions) or gets its match fields sorted; no byte is added or
    /// becomes another.</remarks>
    [TestCaseSource(nameof(FileNames))]
    public void What_changes_of_a_recorded_message_is_order_and_bytes_that_mean_nothing(string file)
    {
        foreach (RecordedFrame frame in Frames(file))
        {
            byte[] rewritten = frame.Rewritten();
            if (rewritten.AsSpan().SequenceEqual(frame.Bytes)) continue;
            int[] left = CountOf(frame.Bytes.AsSpan(ComparedFrom(frame.Bytes)));
            int[] right = CountOf(rewritten.AsSpan(ComparedFrom(rewritten)));

            bool isOnlyLess = Enumerable.Range(1, 255).All(value => right[value] <= left[value]);

            Assert.That(isOnlyLess && rewritten.Length <= frame.Bytes.Length,
                $"{frame}: {Convert.ToHexStringLower(rewritten)}");
        }
    }

    [TestCase("openvswitch-1.0")]
    [TestCase("openvswitch-1.3")]
    public void Most_recorded_messages_of_Open_vSwitch_are_in_canonical_form(string file)
    {
        int same = Frames(file).Count(frame => frame.Rewritten().AsSpan().SequenceEqual(frame.Bytes));

        Assert.That(same, Is.GreaterThan(Frames(file).Count() * 9 / 10));
    }

    [TestCaseSource(nameof(FileNames))]
    public void A_recorded_message_cut_anywhere_is_read_or_refused_within_the_bounds(string file) =>
        Parallel.ForEach(Shares(file), share =>
        {
            (RecordedFrame frame, int first) = share;
            byte[] whole = [.. frame.Bytes];
            for (int length = FrameHeader.SizeBytes + first; length < whole.Length; length += ShareCount)
            {
                (whole[2], whole[3]) = ((byte)(length >> 8), (byte)length);
                ReadBounds.CheckCost(frame.Codec.Codec, whole.AsSpan(0, length), $"{frame} cut at {length}");
                if (!IsWritten(whole, length)) continue;
                ReadBounds.Check(frame.Codec, whole[..length], $"{frame} cut at {length}");
            }
        });

    [TestCaseSource(nameof(FileNames))]
    public void A_recorded_message_with_any_bit_flipped_is_read_or_refused_within_the_bounds(string file) =>
        Parallel.ForEach(Shares(file), share =>
        {
            (RecordedFrame frame, int first) = share;
            byte[] flipped = [.. frame.Bytes];
            int step = flipped.Length <= EveryBitBytesMax ? 1 : SomeOf;
            for (int bit = first * step; bit < flipped.Length * 8; bit += step * ShareCount)
            {
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                ReadBounds.CheckCost(frame.Codec.Codec, flipped, $"{frame}, bit {bit} flipped");
                if (IsWritten(flipped, bit)) ReadBounds.Check(frame.Codec, flipped, $"{frame}, bit {bit} flipped");
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        });

    private static bool IsWritten(byte[] frame, int change) =>
        frame.Length <= WrittenBytesMax || change % (frame.Length <= EveryBitBytesMax ? 61 : SomeOf * 9) == 0;

    /// <summary>Behind the length, which may shrink, and in 1.0 behind the wildcards, where whole addresses that are
    /// left out have many forms.</summary>
    private static int ComparedFrom(ReadOnlySpan<byte> frame) => (frame[0], frame[1]) switch
    {
        (1, 14) => FrameHeader.SizeBytes + 4,
        (1, 16) => Math.Min(FrameHeader.SizeBytes + 8, frame.Length),
        _ => FrameHeader.SizeBytes,
    };

    private static int[] CountOf(ReadOnlySpan<byte> bytes)
    {
        int[] counts = new int[256];
        foreach (byte value in bytes) counts[value]++;
        return counts;
    }

    /// <summary>The changes of each frame in two shares, for two processors: those of the largest take as long as all
    /// others.</summary>
    private static Partitioner<(RecordedFrame Frame, int First)> Shares(string file) => Partitioner.Create(
        from frame in Frames(file)
        orderby frame.Bytes.Length descending
        from first in Enumerable.Range(0, ShareCount)
        select (frame, first), EnumerablePartitionerOptions.NoBuffering);

    private static IEnumerable<RecordedFrame> Frames(string file) => Files.Single(each => each.Key == file);
}
