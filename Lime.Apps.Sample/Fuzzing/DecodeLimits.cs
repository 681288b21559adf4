using System.Diagnostics;

namespace Lime.Apps.Sample.Fuzzing;

/// <summary>What decoding a frame may cost.</summary>
internal static class DecodeLimits
{
    private const int AllocatedPerByte = 16;
    private const int AllocatedBytesBase = 4096;
    private const double MicrosecondsBase = 200;
    private const double MicrosecondsPerByte = 0.5;

    /// <summary>A thread that is interrupted is measured too long; it isn't so five times in a row by chance.</summary>
    public const int Measurements = 5;

    public static long AllocatedBytes(int frameBytes) => (frameBytes * AllocatedPerByte) + AllocatedBytesBase;

    /// <summary>Fields, slices and turns of loops: a decoder that looks at bytes a bounded number of times, and never
    /// stands still, has at most one for each.</summary>
    public static long Steps(int frameBytes) => frameBytes;

    /// <summary>Far above what a decoder that looks at each byte a few times takes, far below what one takes that goes
    /// through the rest for every entry of the longest frame.</summary>
    public static double Microseconds(int frameBytes) => MicrosecondsBase + (frameBytes * MicrosecondsPerByte);

    public static long Ticks(int frameBytes) => (long)(Microseconds(frameBytes) * Stopwatch.Frequency / 1e6);
}
