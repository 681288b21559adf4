namespace Lime.Tests.Exploration.Search;

/// <summary>Where an exploration stops before it is complete.</summary>
internal sealed record ExplorationLimits
{
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromHours(10);

    /// <summary>Steps of one run; a run that is longer is a fault.</summary>
    public int StepsMax { get; init; } = 2000;
}
