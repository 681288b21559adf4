namespace Lime.Core.Hosting;

/// <summary>How Lime connects, and connects again, to switches that listen
/// (<see cref="LimeOptions.Connect"/>).</summary>
/// <remarks>The wait doubles with every attempt that fails, from <see cref="DelayMin"/> to
/// <see cref="DelayMax"/>, and begins anew after a connection whose handshake was done; of each wait a random
/// part between half and all of it is waited, so that a fleet's controllers do not come back in step.
/// Threading: immutable.</remarks>
public sealed record ReconnectOptions
{
    /// <summary>Suits a data centre's control network.</summary>
    public static ReconnectOptions Default { get; } = new();

    /// <summary>The first wait, 1 ms to 1 h.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait, <see cref="DelayMin"/> to 1 h.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt to connect may take, 1 ms to 1 h.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The seed of the waits' random part, so that a run can be repeated; null: another each
    /// time.</summary>
    public int? Seed { get; init; }

    /// <summary>Checks every limit against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range; names it.</exception>
    public void Validate()
    {
        CheckTime(DelayMin, TimeSpan.FromMilliseconds(1), nameof(DelayMin));
        CheckTime(DelayMax, DelayMin, nameof(DelayMax));
        CheckTime(ConnectTimeout, TimeSpan.FromMilliseconds(1), nameof(ConnectTimeout));
    }

    private static void CheckTime(TimeSpan value, TimeSpan least, string name)
    {
        if (value < least || value > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between {least} and 1 h.");
    }
}
