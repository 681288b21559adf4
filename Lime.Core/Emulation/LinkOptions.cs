namespace Lime.Core.Emulation;

/// <summary>How an emulated link treats the frames it carries, the same in both directions.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record LinkOptions
{
    /// <summary>A short, lossless link of unlimited bandwidth.</summary>
    public static LinkOptions Default { get; } = new();

    /// <summary>The link's name; null: the names of its two ends, e.g. <c>s1-s2</c>.</summary>
    public string? Name { get; init; }

    /// <summary>How long a frame travels, 0 to 1 h. A ring of links without any delay would stop virtual
    /// time.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMicroseconds(100);

    /// <summary>The fraction of <see cref="Delay"/>, 0 to 1, by which a frame's delay varies at most,
    /// evenly spread to both sides. Frames never overtake one another.</summary>
    public double JitterFraction { get; init; }

    /// <summary>The probability, 0 to 1, that a frame is lost on the way.</summary>
    public double LossProbability { get; init; }

    /// <summary>Bits of frames a second; 0: unlimited. Preamble and gap are not counted.</summary>
    public long BandwidthBitsPerSecond { get; init; }

    /// <summary>Bytes that may wait for a link of limited bandwidth, a direction; a frame beyond is
    /// dropped.</summary>
    public int QueueBytesMax { get; init; } = 256 * 1024;

    /// <summary>Frames that may be on the way at once, a direction; a frame beyond is dropped.</summary>
    public int InFlightFramesMax { get; init; } = 100_000;

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; names it.</exception>
    public void Validate()
    {
        CheckFraction(JitterFraction, nameof(JitterFraction));
        CheckFraction(LossProbability, nameof(LossProbability));
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero, nameof(Delay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Delay, TimeSpan.FromHours(1), nameof(Delay));
        ArgumentOutOfRangeException.ThrowIfNegative(BandwidthBitsPerSecond, nameof(BandwidthBitsPerSecond));
        ArgumentOutOfRangeException.ThrowIfNegative(QueueBytesMax, nameof(QueueBytesMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(InFlightFramesMax, 1, nameof(InFlightFramesMax));
    }

    private static void CheckFraction(double value, string name)
    {
        if (value is >= 0 and <= 1) return;
        throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between 0 and 1.");
    }
}
