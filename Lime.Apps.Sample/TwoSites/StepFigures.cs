namespace Lime.Apps.Sample.TwoSites;

/// <summary>What a step did to the tenant's work.</summary>
/// <param name="Step">The step.</param>
/// <param name="Sent">Requests sent in it.</param>
/// <param name="LostInPauses">Of these, lost on their way to or from a host that stood still.</param>
/// <param name="Lost">Lost otherwise.</param>
internal sealed record StepFigures(Step Step, int Sent, int LostInPauses, int Lost)
{
    /// <summary>The middle one of the answers' times; null: there was no answer.</summary>
    public TimeSpan? Median { get; init; }

    /// <summary>The longest one.</summary>
    public TimeSpan? Max { get; init; }

    /// <summary>Frames sent over the link between the sites.</summary>
    public int Frames { get; init; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes a second.</summary>
    public double BytesPerSecond => Bytes / Math.Max(1e-3, (Step.To - Step.From).TotalSeconds);
}
