namespace Lime.Core.Emulation;

/// <summary>What became of a number of pings.</summary>
public sealed record PingSummary
{
    /// <summary>Pings sent.</summary>
    public int Sent { get; init; }

    /// <summary>Answered within their grace.</summary>
    public int Received { get; init; }

    /// <summary>Not answered within their grace.</summary>
    public int Lost { get; init; }

    /// <summary>Not answered, but their grace is not over; neither received nor lost yet.</summary>
    public int Pending { get; init; }

    /// <summary>Answers beyond the first.</summary>
    public int Duplicates { get; init; }

    /// <summary>Answers that came after that to a later ping.</summary>
    public int Reordered { get; init; }

    /// <summary>The shortest round trip; null: none was received.</summary>
    public TimeSpan? RoundTripMin { get; init; }

    /// <summary>The mean round trip; null: none was received.</summary>
    public TimeSpan? RoundTripMean { get; init; }

    /// <summary>The longest round trip; null: none was received.</summary>
    public TimeSpan? RoundTripMax { get; init; }

    /// <summary>Lost over sent, 0..1; 0 if nothing was sent.</summary>
    public double LossFraction => Sent == 0 ? 0 : (double)Lost / Sent;

    /// <summary>The numbers in a line.</summary>
    public override string ToString() =>
        $"{Sent} sent, {Received} received, {Lost} lost, {Pending} pending, "
        + $"{Duplicates} duplicates, {Reordered} reordered";

    internal static PingSummary Of(IReadOnlyCollection<PingRecord> records, TimeSpan now, TimeSpan grace)
    {
        TimeSpan[] roundTrips =
            [.. records.Select(record => record.RoundTrip).OfType<TimeSpan>().Where(rtt => rtt <= grace)];
        int pending = records.Count(record => record.ReceivedAt is null && now - record.SentAt <= grace);
        bool hasAny = roundTrips.Length > 0;
        return new PingSummary
        {
            Sent = records.Count,
            Received = roundTrips.Length,
            Lost = records.Count - roundTrips.Length - pending,
            Pending = pending,
            Duplicates = records.Sum(record => record.Duplicates),
            Reordered = records.Count(record => record.IsReordered),
            RoundTripMin = hasAny ? roundTrips.Min() : null,
            RoundTripMean = hasAny ? TimeSpan.FromTicks((long)roundTrips.Average(rtt => rtt.Ticks)) : null,
            RoundTripMax = hasAny ? roundTrips.Max() : null,
        };
    }
}
