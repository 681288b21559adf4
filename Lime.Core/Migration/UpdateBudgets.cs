namespace Lime.Core.Migration;

/// <summary>How much the apps' rule changes may cost while several physical switches carry traffic. A migration that
/// exceeds one of these is aborted; packets that are held still leave.</summary>
public sealed record UpdateBudgets
{
    /// <summary>Packets held at once, 1 to 1,000,000. Only as many as the controller holds at all
    /// (the option HeldPacketsMax) are not lost.</summary>
    public int HeldPacketsMax { get; init; } = 8192;

    /// <summary>Bytes of the packets held at once, 1 to 1 GiB.</summary>
    public long HeldBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Packets in one second that come to the controller because of guards, 1 to 10,000,000.</summary>
    public int GuardPacketInsPerSecondMax { get; init; } = 50_000;

    /// <summary>How long one update, of one rule or of several together, may take, 1 ms to 1 h.</summary>
    public TimeSpan UpdateTimeMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks every budget against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range; names it.</exception>
    internal void Validate()
    {
        Check(HeldPacketsMax, 1_000_000, nameof(HeldPacketsMax));
        Check(HeldBytesMax, 1L << 30, nameof(HeldBytesMax));
        Check(GuardPacketInsPerSecondMax, 10_000_000, nameof(GuardPacketInsPerSecondMax));
        if (UpdateTimeMax < TimeSpan.FromMilliseconds(1) || UpdateTimeMax > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(
                nameof(UpdateTimeMax), UpdateTimeMax, "UpdateTimeMax has to lie between 1 ms and 1 h.");
    }

    private static void Check(long value, long most, string name)
    {
        if (value < 1 || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between 1 and {most}.");
    }
}
