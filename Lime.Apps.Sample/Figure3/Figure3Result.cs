using Lime.Core.Emulation;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.Figure3;

/// <summary>One migration, and what it did to the pings that were sent while it lasted.</summary>
/// <param name="Method">How s3 was moved.</param>
/// <param name="End">How the migration ended.</param>
/// <param name="Timeline">Its phases.</param>
/// <param name="Pings">The pings sent from its start to its end.</param>
internal sealed record Figure3Result(
    MigrationMethod Method,
    MigrationProgress End,
    IReadOnlyList<MigrationProgress> Timeline,
    PingSummary Pings)
{
    /// <summary>Packets that matched a rule on the target.</summary>
    public long PacketsThroughTarget { get; init; }

    /// <summary>Rules on the source at the end.</summary>
    public int SourceRulesLeft { get; init; }

    /// <summary>Rules on the target at the end.</summary>
    public int TargetRules { get; init; }

    /// <summary>Pings lost over pings sent, in percent.</summary>
    public double LossPercent => 100 * Pings.LossFraction;

    /// <summary>Whether the migration did what it should and no packet was lost, doubled or
    /// overtaken.</summary>
    public bool IsFlawless => End.Phase == MigrationPhase.Completed && SourceRulesLeft == 0 && Pings.Sent > 0
        && Pings is { Lost: 0, Duplicates: 0, Reordered: 0, Pending: 0 };
}
