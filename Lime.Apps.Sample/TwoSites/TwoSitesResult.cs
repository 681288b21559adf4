using System.Collections.Immutable;
using Lime.Core.Migration;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>One migration of the tenant, and what it did.</summary>
/// <param name="Method">How it was moved.</param>
/// <param name="End">How the migration ended.</param>
internal sealed record TwoSitesResult(MigrationMethod Method, EnsembleProgress End)
{
    /// <summary>A leg crosses the link once; a packet under way to a host that has just gone comes back, and so goes
    /// over it twice more.</summary>
    private const int CrossingsPerLegMax = 3;

    private static readonly TimeSpan CablesPerLegMax = TimeSpan.FromMilliseconds(10);

    /// <summary>When it was asked for, in the network's time.</summary>
    public required TimeSpan Began { get; init; }

    public required TimeSpan Ended { get; init; }

    /// <summary>When requests ended.</summary>
    public required TimeSpan Until { get; init; }

    public required TimeSpan WideAreaDelay { get; init; }

    /// <summary>The longest wait of a connection for its rules.</summary>
    public required TimeSpan SetUpMax { get; init; }

    public required ImmutableArray<Step> Steps { get; init; }

    public required IReadOnlyList<Request> Requests { get; init; }

    public required IReadOnlyList<HostPause> Pauses { get; init; }

    /// <summary>The server that had a request; null: it came to none.</summary>
    public required Func<Request, TenantHost?> ServerOf { get; init; }

    /// <summary>What was sent over the link between the sites.</summary>
    public required IReadOnlyList<LinkFrame> Frames { get; init; }

    /// <summary>Packets that came to a host from one at the other site: each had to cross once.</summary>
    public required int FramesLeast { get; init; }

    public required long BytesLeast { get; init; }

    /// <summary>Connections that the load balancer has placed.</summary>
    public required int Flows { get; init; }

    /// <summary>What the app was told and should not have been.</summary>
    public required int Surprises { get; init; }

    /// <summary>Packets that the firewall had to stop.</summary>
    public required int Attempts { get; init; }

    /// <summary>Those that it didn't.</summary>
    public required int Leaks { get; init; }

    /// <summary>Rules left at the old site.</summary>
    public required int RulesLeft { get; init; }

    /// <summary>Rules of tunnels left on the link's switch.</summary>
    public required int TunnelRulesLeft { get; init; }

    /// <summary>Hosts left at the old site.</summary>
    public required int HostsLeft { get; init; }

    public required OtherFigures Other { get; init; }

    public int Answered => Requests.Count(each => each.AnsweredAt is not null);

    public int Duplicates => Requests.Sum(each => each.Duplicates);

    public int LostInPauses => Requests.Count(each => IsLost(each) && MeetsPause(each));

    /// <summary>Requests lost that no host's pause explains.</summary>
    public int Lost => Requests.Count(each => IsLost(each) && !MeetsPause(each));

    public TimeSpan PauseMax => Pauses.Count == 0 ? TimeSpan.Zero : Pauses.Max(each => each.Duration);

    /// <summary>What each step did.</summary>
    public ImmutableArray<StepFigures> Figures => [.. Steps.Select(FiguresOf)];

    public static bool IsLost(Request request) => request.AnsweredAt is null;

    /// <summary>Whether one of both ends of the leg that a request was last on stood still meanwhile.</summary>
    public bool MeetsPause(Request request)
    {
        TimeSpan from = request.LegBegan;
        TimeSpan longest = (CrossingsPerLegMax * WideAreaDelay) + CablesPerLegMax;
        TimeSpan to = from + longest + (request.Leg == 0 ? SetUpMax : TimeSpan.Zero);
        string[] ends = EndsOf(request);
        return Pauses.Any(each => ends.Contains(each.Host) && each.Meets(from, to));
    }

    private string[] EndsOf(Request request)
    {
        string server = ServerOf(request)?.Name ?? "";
        string database = server == "web1" ? "db1" : "db2";
        return request.Leg is 0 or 3 ? [request.Client.Name, server] : [server, database];
    }

    private StepFigures FiguresOf(Step step)
    {
        Request[] sent = [.. Requests.Where(each => each.SentAt >= step.From && each.SentAt < step.To)];
        TimeSpan[] times = [.. sent.Select(each => each.Latency).OfType<TimeSpan>().Order()];
        LinkFrame[] frames = [.. Frames.Where(each => each.At >= step.From && each.At < step.To)];
        return new StepFigures(
            step, sent.Length, sent.Count(each => IsLost(each) && MeetsPause(each)),
            sent.Count(each => IsLost(each) && !MeetsPause(each)))
        {
            Median = times.Length == 0 ? null : times[times.Length / 2],
            Max = times.Length == 0 ? null : times[^1],
            Frames = frames.Length,
            Bytes = frames.Sum(each => (long)each.Bytes),
        };
    }
}
