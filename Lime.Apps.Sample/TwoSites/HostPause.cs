namespace Lime.Apps.Sample.TwoSites;

/// <summary>A time for which a host stood still because it was moved.</summary>
/// <param name="Host">The host.</param>
/// <param name="From">From when, in the network's time.</param>
internal sealed record HostPause(string Host, TimeSpan From)
{
    /// <summary>Until when; null: it still does.</summary>
    public TimeSpan? To { get; init; }

    /// <summary>How long; zero while it lasts.</summary>
    public TimeSpan Duration => To - From ?? TimeSpan.Zero;

    /// <summary>Whether a span of time meets it.</summary>
    public bool Meets(TimeSpan from, TimeSpan to) => to >= From && !(To < from);
}
