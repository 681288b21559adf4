namespace Lime.Apps.Sample.TwoSites;

/// <summary>One request of a client and what became of it: client, server, database, server, client.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="SentAt">When.</param>
internal sealed record Request(TenantHost Client, TimeSpan SentAt)
{
    /// <summary>The legs of its way.</summary>
    public const int Legs = 4;

    private readonly TimeSpan?[] _arrived = new TimeSpan?[Legs];

    /// <summary>The UDP port it was sent from.</summary>
    public ushort ClientPort { get; init; }

    /// <summary>When it was back; null: it isn't.</summary>
    public TimeSpan? AnsweredAt => _arrived[Legs - 1];

    /// <summary>From the request to the answer.</summary>
    public TimeSpan? Latency => AnsweredAt - SentAt;

    /// <summary>How often a leg's packet has arrived again.</summary>
    public int Duplicates { get; private set; }

    /// <summary>The leg that it was on last; <see cref="Legs"/> when it is back.</summary>
    public int Leg => _arrived.TakeWhile(each => each is not null).Count();

    /// <summary>When it set out on that leg.</summary>
    public TimeSpan LegBegan => Leg == 0 ? SentAt : _arrived[Leg - 1]!.Value;

    /// <summary>A leg is done.</summary>
    /// <returns>False if it was before.</returns>
    public bool Arrive(int leg, TimeSpan now)
    {
        if (_arrived[leg] is not null)
        {
            Duplicates++;
            return false;
        }
        _arrived[leg] = now;
        return true;
    }
}
