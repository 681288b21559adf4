namespace Lime.Apps.Sample.TwoSites;

/// <summary>A slice of a run.</summary>
/// <param name="Median">The middle one of the answers' times; null: no answer.</param>
/// <param name="Max">The longest one.</param>
/// <param name="Lost">Requests lost that no pause explains.</param>
/// <param name="LostInPauses">Requests lost in a host's pause.</param>
internal sealed record TimelineSlice(TimeSpan? Median, TimeSpan? Max, int Lost, int LostInPauses)
{
    /// <summary>Bytes a second over the link between the sites.</summary>
    public double BytesPerSecond { get; init; }
}
