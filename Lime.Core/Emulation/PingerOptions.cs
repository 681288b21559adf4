namespace Lime.Core.Emulation;

/// <summary>How a <see cref="Pinger"/> pings.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record PingerOptions
{
    /// <summary>As the program <c>ping</c> does: once a second, 64-byte messages.</summary>
    public static PingerOptions Default { get; } = new();

    /// <summary>Time between pings, 1 us to 1 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time from the start to the first ping, 0 to 1 h.</summary>
    public TimeSpan InitialDelay { get; init; }

    /// <summary>Bytes behind the 8 of the ICMP header, 0 to 1,472.</summary>
    public int PayloadBytes { get; init; } = 56;

    /// <summary>How long an answer may take before its ping is lost, above 0 up to 1 h.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; names it.</exception>
    public void Validate()
    {
        CheckTime(Interval, TimeSpan.FromMicroseconds(1), nameof(Interval));
        CheckTime(InitialDelay, TimeSpan.Zero, nameof(InitialDelay));
        CheckTime(Grace, TimeSpan.FromTicks(1), nameof(Grace));
        if (PayloadBytes is < 0 or > 1472)
            throw new ArgumentOutOfRangeException(nameof(PayloadBytes), PayloadBytes, "0 to 1,472 bytes.");
    }

    private static void CheckTime(TimeSpan value, TimeSpan least, string name)
    {
        if (value < least || value > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between {least} and 1 h.");
    }
}
