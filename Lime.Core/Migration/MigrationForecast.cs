namespace Lime.Core.Migration;

/// <summary>What a migration is expected to take.</summary>
/// <remarks>Rules and messages are counted from the tables as they are; what apps change meanwhile comes on
/// top.</remarks>
public sealed record MigrationForecast
{
    /// <summary>Rules of the virtual switch.</summary>
    public int Rules { get; init; }

    /// <summary>What they are at the target, where a rule may need an entry for each port.</summary>
    public int TargetEntries { get; init; }

    /// <summary>Groups and meters to copy.</summary>
    public int Resources { get; init; }

    /// <summary>Attachments to move.</summary>
    public int Attachments { get; init; }

    /// <summary>Flow-mods to all switches: copying, neighbours' rules, emptying the source.</summary>
    public int FlowMods { get; init; }

    /// <summary>All messages to switches: flow-mods, group-mods, meter-mods, barriers, requests.</summary>
    public int Messages { get; init; }

    /// <summary>The longest round trip to one of the switches, as measured now.</summary>
    public TimeSpan RoundTrip { get; init; }

    /// <summary>About how long it takes, with the plan's own waiting times.</summary>
    /// <remarks>From the round trip, and the rate of flow-mods that earlier migrations of this controller reached, or
    /// 20,000 a second before there were any.</remarks>
    public TimeSpan Duration { get; init; }
}
