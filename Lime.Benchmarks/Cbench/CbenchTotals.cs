namespace Lime.Benchmarks.Cbench;

/// <summary>Counts over the whole of a run, warm-up and drain included; see <see cref="AnswerTally"/>.</summary>
internal sealed record CbenchTotals
{
    public long Sent { get; init; }

    public long Answered { get; init; }

    public long Unanswered { get; init; }

    public long Duplicates { get; init; }

    public long Wrong { get; init; }

    public long Errors { get; init; }

    public long Unattributed { get; init; }

    public long FlowMods { get; init; }

    public long PacketOuts { get; init; }

    public static CbenchTotals Of(IReadOnlyCollection<AnswerTally> tallies)
    {
        long sent = tallies.Sum(each => (long)each.Sent);
        long answered = tallies.Sum(each => each.Answered);
        return new CbenchTotals
        {
            Sent = sent,
            Answered = answered,
            Unanswered = sent - answered,
            Duplicates = tallies.Sum(each => each.Duplicates),
            Wrong = tallies.Sum(each => each.Wrong),
            Errors = tallies.Sum(each => each.Errors),
            Unattributed = tallies.Sum(each => each.Unattributed),
            FlowMods = tallies.Sum(each => each.FlowMods),
            PacketOuts = tallies.Sum(each => each.PacketOuts),
        };
    }
}
