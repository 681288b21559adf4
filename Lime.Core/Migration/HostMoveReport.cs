namespace Lime.Core.Migration;

/// <summary>What is known of the move of one host.</summary>
/// <param name="Host">Its name.</param>
/// <param name="From">The old place.</param>
/// <param name="To">The new place.</param>
public sealed record HostMoveReport(string Host, HostPlace From, HostPlace To)
{
    /// <summary>How far it is.</summary>
    public HostMoveState State { get; init; }

    /// <summary>When its mover was asked last, from the migration's beginning.</summary>
    public TimeSpan? AskedAt { get; init; }

    /// <summary>When the host last began to stand still, from the migration's beginning; null: its mover has not
    /// told.</summary>
    public TimeSpan? PausedAt { get; init; }

    /// <summary>How long the host stood still, as its mover told it; null: it has not.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>How long the switches took to deliver at the new place.</summary>
    public TimeSpan? Switchover { get; init; }

    /// <summary>Whether it was seen to announce itself before its mover told anything.</summary>
    public bool WasSeen { get; init; }

    /// <summary>Why its last move failed, or nothing.</summary>
    public string Detail { get; init; } = "";
}
