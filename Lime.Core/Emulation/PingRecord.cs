namespace Lime.Core.Emulation;

/// <summary>What became of one ping.</summary>
/// <param name="Sequence">Its number, from 1, not wrapped.</param>
/// <param name="SentAt">When the host sent it (or queued it for ARP), in time since the event loop
/// began.</param>
public sealed record PingRecord(int Sequence, TimeSpan SentAt)
{
    /// <summary>When the first answer came; null: none came.</summary>
    public TimeSpan? ReceivedAt { get; internal set; }

    /// <summary>Answers that came after the first.</summary>
    public int Duplicates { get; internal set; }

    /// <summary>Whether its first answer came after the answer to a later ping.</summary>
    public bool IsReordered { get; internal set; }

    /// <summary>From sending to the first answer; null: none came.</summary>
    public TimeSpan? RoundTrip => ReceivedAt - SentAt;
}
