using System.Collections.Immutable;

namespace Lime.Tests.Checking;

/// <summary>What the checker found.</summary>
/// <param name="Violations">Nothing: the trace is a run of one switch.</param>
/// <param name="Counts">How much there was to find.</param>
internal sealed record TraceVerdict(ImmutableArray<Violation> Violations, CheckCounts Counts)
{
    public bool IsExplained => Violations.IsEmpty;
}

/// <summary>Something that one switch could not have done.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="What">In a sentence.</param>
/// <param name="EventIndex">Where in the trace it shows.</param>
internal sealed record Violation(ViolationKind Kind, string What, int EventIndex)
{
    public override string ToString() => $"{Kind} at event {EventIndex}: {What}";
}

/// <summary>How much a check had to do: a checker that finds nothing should have had something to find.</summary>
internal sealed record CheckCounts
{
    /// <summary>Packets of hosts that have a place in the order.</summary>
    public int PacketsPlaced { get; init; }

    /// <summary>Of those, the ones whose place is not behind all commands that had been sent when they were.</summary>
    public int PlacedEarlier { get; init; }

    /// <summary>Packets that crossed while a command was on its way: sent, and not yet confirmed by a
    /// barrier.</summary>
    public int CrossedUpdates { get; init; }

    /// <summary>Packets lost by a fault that loses packets.</summary>
    public int PacketsExcused { get; init; }

    public int Commands { get; init; }

    /// <summary>Rules that ran out of time.</summary>
    public int Expiries { get; init; }

    public int Barriers { get; init; }

    public int StatisticsReplies { get; init; }

    public int FlowRemovals { get; init; }

    public int PacketIns { get; init; }

    public int Errors { get; init; }

    /// <summary>Packets that a meter has let through.</summary>
    public int Metered { get; init; }
}
