using System.Numerics;

namespace Lime.Benchmarks.Cbench;

/// <summary>Durations in nanoseconds, counted in buckets whose width is at most 1/128 of their value.</summary>
/// <remarks>Values below 256 have a bucket each; above, each power of two has 128 of them. Nothing is allocated after
/// the beginning. Threading: one thread at a time.</remarks>
internal sealed class LatencyHistogram
{
    private const int HalfBits = 7;
    private const int Half = 1 << HalfBits;
    private const int Exact = 2 * Half;
    private const int Buckets = Exact + ((64 - HalfBits - 1) * Half);

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }

    /// <summary>Exact, not a bucket's.</summary>
    public long MaxNs { get; private set; }

    public void Add(long ns)
    {
        if (ns < 0) ns = 0;
        _counts[IndexOf((ulong)ns)]++;
        Count++;
        if (ns > MaxNs) MaxNs = ns;
    }

    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < Buckets; i++) _counts[i] += other._counts[i];
        Count += other.Count;
        MaxNs = Math.Max(MaxNs, other.MaxNs);
    }

    /// <summary>The value that this share of all values don't exceed, rounded up to the end of its bucket (but never
    /// above the maximum); 0 if there is none.</summary>
    /// <param name="share">Above 0, up to 1.</param>
    public long PercentileNs(double share)
    {
        long rank = Math.Clamp((long)Math.Ceiling(Count * share), 1, Math.Max(Count, 1));
        long seen = 0;
        for (int i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return Math.Min(LastOf(i), MaxNs);
        }
        return 0;
    }

    private static int IndexOf(ulong ns)
    {
        if (ns < Exact) return (int)ns;
        int shift = BitOperations.Log2(ns) - HalfBits;
        return Exact + ((shift - 1) * Half) + (int)(ns >> shift) - Half;
    }

    /// <summary>The largest value of a bucket.</summary>
    private static long LastOf(int index)
    {
        if (index < Exact) return index;
        int shift = ((index - Exact) / Half) + 1;
        long steps = ((index - Exact) % Half) + Half;
        return ((steps + 1) << shift) - 1;
    }
}
