using Lime.Core.Migration;

namespace Lime.Benchmarks.Migration;

/// <summary>One migration.</summary>
internal sealed record MigrateRun
{
    public required int Rules { get; init; }

    /// <summary>From the plan to the end, without the time that the source is watched for being quiet.</summary>
    public required double Ms { get; init; }

    /// <summary>Until the target had every rule, and that was read back.</summary>
    public required double CloningMs { get; init; }

    public required int FlowMods { get; init; }

    public required int Barriers { get; init; }

    /// <summary>Messages that the controller's end sent and received, of every switch.</summary>
    public required long Messages { get; init; }

    /// <summary>Managed memory that was in use before, in bytes, all of it collected that could be.</summary>
    public required long BytesBefore { get; init; }

    /// <summary>The most that was in use meanwhile, garbage included, at the moments looked at.</summary>
    public required long BytesMax { get; init; }

    /// <summary>Bytes allocated.</summary>
    public required long BytesAllocated { get; init; }

    /// <summary>The longest turn of the controller's loop, in processor time.</summary>
    public required double TurnMsMax { get; init; }

    /// <summary>What the migration was doing then.</summary>
    public required string TurnMaxPhase { get; init; }

    /// <summary>Turns of more than 5 ms.</summary>
    public required int LongTurns { get; init; }

    /// <summary>What all turns took that were longer than 5 ms.</summary>
    public required double LongTurnsMs { get; init; }

    /// <summary>What collections of garbage took of it.</summary>
    public required double GcPauseMs { get; init; }

    /// <summary>Memory that a migration takes for each rule, at most.</summary>
    public double BytesPerRule => (BytesMax - BytesBefore) / (double)Rules;

    public static double ElapsedIn(IMigration migration, MigrationPhase phase)
    {
        IReadOnlyList<MigrationProgress> timeline = migration.Timeline;
        for (int i = 0; i + 1 < timeline.Count; i++)
        {
            if (timeline[i].Phase == phase) return (timeline[i + 1].Elapsed - timeline[i].Elapsed).TotalMilliseconds;
        }
        return 0;
    }
}
