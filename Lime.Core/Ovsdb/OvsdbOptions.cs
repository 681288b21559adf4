namespace Lime.Core.Ovsdb;

/// <summary>The limits of a client of a database.</summary>
/// <remarks>Threading: immutable.</remarks>
internal sealed record OvsdbOptions
{
    /// <summary>Suits a switch's own database in a data centre.</summary>
    public static OvsdbOptions Default { get; } = new();

    /// <summary>The longest message that is taken, 1 KiB to 1 GiB; a full copy of a database with 10,000 interfaces has
    /// some 10 MB.</summary>
    public int MessageBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes that wait to be sent before requests are refused, 1 KiB to 1 GiB.</summary>
    public int OutboxBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long the server may take none of what is to be sent, 1 ms to 1 h.</summary>
    public TimeSpan OutboxStuckTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests that wait for answers before more are refused, 1 to 65,536.</summary>
    public int PendingRequestsMax { get; init; } = 1024;

    /// <summary>How long a request waits for its answer, 1 ms to 1 h.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may be silent before it is asked whether it lives, 1 ms to 1 h.</summary>
    public TimeSpan EchoInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may then be silent on, 1 ms to 1 h.</summary>
    public TimeSpan EchoTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an attempt to connect may take, 1 ms to 1 h.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first wait between attempts, 1 ms to 1 h; it doubles with each that fails.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between attempts, <see cref="DelayMin"/> to 1 h.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range; names it.</exception>
    public void Validate()
    {
        CheckCount(MessageBytesMax, 1024, 1 << 30, nameof(MessageBytesMax));
        CheckCount(OutboxBytesMax, 1024, 1 << 30, nameof(OutboxBytesMax));
        CheckCount(PendingRequestsMax, 1, 65_536, nameof(PendingRequestsMax));
        TimeSpan least = TimeSpan.FromMilliseconds(1);
        CheckTime(OutboxStuckTimeout, least, nameof(OutboxStuckTimeout));
        CheckTime(RequestTimeout, least, nameof(RequestTimeout));
        CheckTime(EchoInterval, least, nameof(EchoInterval));
        CheckTime(EchoTimeout, least, nameof(EchoTimeout));
        CheckTime(ConnectTimeout, least, nameof(ConnectTimeout));
        CheckTime(DelayMin, least, nameof(DelayMin));
        CheckTime(DelayMax, DelayMin, nameof(DelayMax));
    }

    private static void CheckCount(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between {least} and {most}.");
    }

    private static void CheckTime(TimeSpan value, TimeSpan least, string name)
    {
        if (value < least || value > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between {least} and 1 h.");
    }
}
