namespace Lime.Tests.RealNetwork;

/// <summary>What became of the pings sent up to the moment when the run was stopped.</summary>
/// <param name="Transmitted">Pings sent in the window; later ones may lack an answer only for want
/// of time.</param>
/// <param name="Received">Of these, how many were answered, once or more often.</param>
/// <param name="Duplicates">Answers beyond the first to the same ping.</param>
/// <param name="Reordered">First answers that came after the answer to a later ping.</param>
/// <param name="LargestGapMs">The longest time without any answer.</param>
internal sealed record PingReport(
    long Transmitted, long Received, int Duplicates, int Reordered, double LargestGapMs)
{
    /// <summary>Where answers are missing.</summary>
    public IReadOnlyList<PingGap> Gaps { get; init; } = [];

    public long Lost => Transmitted - Received;

    public override string ToString() =>
        $"{Transmitted} sent, {Received} answered, {Lost} lost, {Duplicates} duplicated, " +
        $"{Reordered} reordered, largest gap {LargestGapMs:F1} ms";
}
