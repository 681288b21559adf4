using Lime.OpenFlow.Wire;

namespace Lime.OpenFlow.Channel;

/// <summary>The limits of a channel.</summary>
/// <remarks>Threading: immutable.</remarks>
public sealed record ChannelOptions
{
    /// <summary>The limits that suit a data centre's control network.</summary>
    public static ChannelOptions Default { get; } = new();

    /// <summary>Versions we speak, in any order; the best that the peer speaks too is taken. All there are, unless
    /// told otherwise.</summary>
    public IReadOnlyList<OpenFlowVersion> Versions { get; init; } = [OpenFlowVersion.V13, OpenFlowVersion.V10];

    /// <summary>How long hello and features may take, 1 ms to 1 h.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the peer may be silent before we send an echo request, 1 ms to 1 h.</summary>
    public TimeSpan EchoInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it may stay silent after that before we close, 1 ms to 1 h; any byte counts as
    /// life.</summary>
    public TimeSpan EchoTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request waits for its answer unless it says otherwise, 1 ms to 1 h.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes the outbox may hold before sends are refused, 64 KiB to 1 GiB.</summary>
    public int OutboxBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long the outbox may stay full before we close, 1 ms to 1 h.</summary>
    public TimeSpan OutboxFullTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests that may wait for answers at once, 1 to 1,000,000.</summary>
    public int PendingRequestsMax { get; init; } = 65_536;

    /// <summary>Errors we send a second in answer to malformed messages, 1 to 1,000,000; more are only
    /// counted.</summary>
    public int ErrorsPerSecondMax { get; init; } = 100;

    /// <summary>Checks every limit against its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range, or a version has no codec; names
    /// it.</exception>
    public void Validate()
    {
        if (Versions.Count == 0)
            throw new ArgumentOutOfRangeException(nameof(Versions), "At least one version is needed.");
        foreach (OpenFlowVersion version in Versions) OpenFlowCodecs.For(version);
        CheckTime(HandshakeTimeout, nameof(HandshakeTimeout));
        CheckTime(EchoInterval, nameof(EchoInterval));
        CheckTime(EchoTimeout, nameof(EchoTimeout));
        CheckTime(RequestTimeout, nameof(RequestTimeout));
        CheckTime(OutboxFullTimeout, nameof(OutboxFullTimeout));
        CheckCount(OutboxBytesMax, 65_536, 1 << 30, nameof(OutboxBytesMax));
        CheckCount(PendingRequestsMax, 1, 1_000_000, nameof(PendingRequestsMax));
        CheckCount(ErrorsPerSecondMax, 1, 1_000_000, nameof(ErrorsPerSecondMax));
    }

    private static void CheckTime(TimeSpan value, string name)
    {
        if (value < TimeSpan.FromMilliseconds(1) || value > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to lie between 1 ms and 1 h.");
    }

    private static void CheckCount(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} has to lie between {least} and {most}.");
    }
}
