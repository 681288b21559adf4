using System.Globalization;

namespace Lime.OpenFlow.Messages;

/// <summary>How long something has been there, as switches tell it: seconds, and nanoseconds beyond them.</summary>
/// <remarks>Kept as on the wire, so that nothing is rounded; from and to a <see cref="TimeSpan"/>, whose step is 100
/// ns, it turns by itself.</remarks>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Nanoseconds">Beyond them, 0..999,999,999; with <see cref="Unknown"/> all ones.</param>
public readonly record struct Duration(uint Seconds, uint Nanoseconds)
{
    private const int NanosecondsPerTick = 100;
    private const long TicksMax = (uint.MaxValue * TimeSpan.TicksPerSecond) + (TimeSpan.TicksPerSecond - 1);

    /// <summary>What a switch says that doesn't keep the time: all ones in both.</summary>
    public static readonly Duration Unknown = new(uint.MaxValue, uint.MaxValue);

    /// <summary>The whole as ticks of 100 ns; what is left over is cut off.</summary>
    public long Ticks => (Seconds * TimeSpan.TicksPerSecond) + (Nanoseconds / NanosecondsPerTick);

    /// <summary>The whole in seconds.</summary>
    public double TotalSeconds => ToTimeSpan().TotalSeconds;

    /// <summary>The duration that a <see cref="TimeSpan"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or over 2^32 seconds.</exception>
    public static Duration FromTimeSpan(TimeSpan time)
    {
        if (time.Ticks is < 0 or > TicksMax)
            throw new ArgumentOutOfRangeException(nameof(time), time, "A duration has 0 to 2^32 - 1 seconds.");
        return new((uint)(time.Ticks / TimeSpan.TicksPerSecond),
            (uint)(time.Ticks % TimeSpan.TicksPerSecond) * NanosecondsPerTick);
    }

    /// <summary>The same in steps of 100 ns; what is left over is cut off.</summary>
    public TimeSpan ToTimeSpan() => new(Ticks);

    /// <summary>As <see cref="FromTimeSpan"/>.</summary>
    public static implicit operator Duration(TimeSpan time) => FromTimeSpan(time);

    /// <summary>As <see cref="ToTimeSpan"/>.</summary>
    public static implicit operator TimeSpan(Duration duration) => duration.ToTimeSpan();

    /// <summary>Whether <paramref name="left"/> is shorter.</summary>
    public static bool operator <(Duration left, Duration right) => Compare(left, right) < 0;

    /// <summary>Whether <paramref name="left"/> is longer.</summary>
    public static bool operator >(Duration left, Duration right) => Compare(left, right) > 0;

    /// <summary>Whether <paramref name="left"/> is not longer.</summary>
    public static bool operator <=(Duration left, Duration right) => Compare(left, right) <= 0;

    /// <summary>Whether <paramref name="left"/> is not shorter.</summary>
    public static bool operator >=(Duration left, Duration right) => Compare(left, right) >= 0;

    /// <summary>Seconds with as many decimals as are needed, or a question mark.</summary>
    public override string ToString() => this == Unknown
        ? "?"
        : string.Create(CultureInfo.InvariantCulture, $"{Seconds + (Nanoseconds / 1e9m):0.#########}s");

    private static int Compare(Duration left, Duration right) =>
        (left.Seconds, left.Nanoseconds).CompareTo((right.Seconds, right.Nanoseconds));
}
