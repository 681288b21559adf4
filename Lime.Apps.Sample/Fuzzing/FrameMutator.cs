using System.Buffers.Binary;
using System.Collections.Immutable;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>Makes frames that are nearly right out of good ones.</summary>
/// <remarks>Each frame follows from the seed and its number alone. Threading: one thread at a time.</remarks>
internal sealed class FrameMutator(ImmutableArray<SeedFrame> seeds, ulong seed)
{
    /// <summary>Once in so many frames one is grown to a length near the longest; rare, since it takes a hundred times
    /// as long as another.</summary>
    private const int HugeOneIn = 20_000;

    private const int OperationsMax = 4;

    private readonly byte[] _bytes = new byte[FrameHeader.FrameBytesMax];

    /// <summary>The frame of a number; valid until the next one.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="origin">Which of the good frames it was made of.</param>
    /// <returns>At least a header.</returns>
    public ReadOnlySpan<byte> Make(ulong index, out int origin)
    {
        var random = new SplitMix(seed, index);
        origin = random.Below(seeds.Length);
        var frame = new MutableFrame(_bytes, seeds[origin].Bytes);
        if (random.OneIn(HugeOneIn)) FrameMutations.Grow(ref frame, ref random);
        int operations = 1 + Math.Min(random.Below(OperationsMax), random.Below(OperationsMax));
        for (int i = 0; i < operations; i++) Mutate(ref frame, ref random);
        RepairHeader(ref frame, ref random, seeds[origin].Bytes);
        return frame.Bytes;
    }

    private void Mutate(ref MutableFrame frame, ref SplitMix random)
    {
        switch (random.Below(12))
        {
            case 0 or 1: FrameMutations.FlipBit(ref frame, ref random); break;
            case 2 or 3: FrameMutations.SetByte(ref frame, ref random); break;
            case 4 or 5: FrameMutations.EditLength(ref frame, ref random); break;
            case 6: FrameMutations.EditNumber(ref frame, ref random); break;
            case 7: FrameMutations.Truncate(ref frame, ref random); break;
            case 8: FrameMutations.Extend(ref frame, ref random); break;
            case 9: FrameMutations.Splice(ref frame, ref random, seeds[random.Below(seeds.Length)].Bytes); break;
            case 10: FrameMutations.Repeat(ref frame, ref random); break;
            default: FrameMutations.Remove(ref frame, ref random); break;
        }
        if (random.OneIn(200)) FrameMutations.Randomise(ref frame, ref random);
    }

    /// <summary>Most frames keep version and type and have the right length, else few would get past their
    /// header.</summary>
    private static void RepairHeader(ref MutableFrame frame, ref SplitMix random, ReadOnlySpan<byte> good)
    {
        if (frame.Length < FrameHeader.SizeBytes) frame.Resize(FrameHeader.SizeBytes);
        Span<byte> bytes = frame.Bytes;
        if (!random.OneIn(50)) bytes[0] = good[0];
        if (!random.OneIn(20)) bytes[1] = good[1];
        if (!random.OneIn(30)) BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)bytes.Length);
    }
}
