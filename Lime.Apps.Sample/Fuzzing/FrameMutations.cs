using System.Buffers.Binary;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>The ways in which a frame is spoilt.</summary>
internal static class FrameMutations
{
    private const int Header = FrameHeader.SizeBytes;

    private static ReadOnlySpan<byte> TellingBytes => [0, 1, 2, 4, 7, 8, 0x7f, 0x80, 0xfe, 0xff];

    private static ReadOnlySpan<ushort> TellingLengths =>
        [0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 0xff, 0x7fff, 0xfff8, 0xffff];

    public static void FlipBit(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length <= Header) return;
        frame.Bytes[Header + random.Below(frame.Length - Header)] ^= (byte)(1 << random.Below(8));
    }

    public static void SetByte(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length == 0) return;
        frame.Bytes[random.Below(frame.Length)] = random.OneIn(3)
            ? (byte)random.Next()
            : TellingBytes[random.Below(TellingBytes.Length)];
    }

    /// <summary>A number of 16 bits that may well be a length gets another value: lengths lie at even places and are no
    /// more than what follows them.</summary>
    public static void EditLength(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length < Header + 2) return;
        for (int attempt = 0; attempt < 16; attempt++)
        {
            int at = Header + (random.Below((frame.Length - Header) / 2) * 2);
            Span<byte> place = frame.Bytes.Slice(at, 2);
            int rest = frame.Length - at + 2;
            int value = BinaryPrimitives.ReadUInt16BigEndian(place);
            if (value < 4 || value > rest) continue;
            BinaryPrimitives.WriteUInt16BigEndian(place, OtherLength(value, rest, ref random));
            return;
        }
    }

    public static void EditNumber(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length < Header + 4) return;
        int at = Header + (random.Below((frame.Length - Header) / 2) * 2);
        BinaryPrimitives.WriteUInt16BigEndian(frame.Bytes.Slice(Math.Min(at, frame.Length - 2), 2),
            TellingLengths[random.Below(TellingLengths.Length)]);
    }

    public static void Truncate(ref MutableFrame frame, ref SplitMix random) =>
        frame.Resize(Header + random.Below(Math.Max(1, frame.Length - Header + 1)));

    public static void Extend(ref MutableFrame frame, ref SplitMix random)
    {
        int before = frame.Length;
        frame.Resize(before + 1 + random.Below(24));
        if (random.OneIn(2)) Fill(frame.Bytes[before..], ref random);
    }

    /// <summary>The front of this frame and the end of another.</summary>
    public static void Splice(ref MutableFrame frame, ref SplitMix random, ReadOnlySpan<byte> other)
    {
        int front = Math.Min(frame.Length, Header + random.Below(Math.Max(1, frame.Length - Header + 1)));
        frame.ReplaceTail(front, other[random.Below(other.Length)..]);
    }

    /// <summary>A piece of the frame twice.</summary>
    public static void Repeat(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length <= Header) return;
        int start = Header + random.Below(frame.Length - Header);
        int count = Math.Min(4 << random.Below(6), frame.Length - start);
        frame.Insert(start, start, count);
    }

    public static void Remove(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length <= Header) return;
        int start = Header + random.Below(frame.Length - Header);
        frame.Remove(start, Math.Min(1 << random.Below(6), frame.Length - start));
    }

    public static void Randomise(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length > Header) Fill(frame.Bytes[Header..], ref random);
    }

    /// <summary>The body, or its end, again and again, up to the longest frame.</summary>
    public static void Grow(ref MutableFrame frame, ref SplitMix random)
    {
        if (frame.Length <= Header) return;
        int start = random.OneIn(2) ? Header : Header + random.Below(frame.Length - Header);
        int count = frame.Length - start;
        int target = FrameHeader.FrameBytesMax - random.Below(4096);
        while (frame.Length + count <= target) frame.Insert(frame.Length, start, count);
    }

    private static ushort OtherLength(int value, int rest, ref SplitMix random) => (ushort)(random.Below(6) switch
    {
        0 => value + 1,
        1 => value - 1,
        2 => value + 8,
        3 => Math.Max(0, value - 8),
        4 => rest,
        _ => TellingLengths[random.Below(TellingLengths.Length)],
    });

    private static void Fill(Span<byte> bytes, ref SplitMix random)
    {
        foreach (ref byte each in bytes) each = (byte)random.Next();
    }
}
