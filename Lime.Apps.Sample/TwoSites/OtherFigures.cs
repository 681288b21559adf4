using Lime.Core.Emulation;

namespace Lime.Apps.Sample.TwoSites;

/// <summary>What the tenant that stays has noticed.</summary>
/// <param name="Before">Its pings before the other one moves.</param>
/// <param name="During">Its pings from then on.</param>
/// <param name="Strangers">Packets of the other one that came to it.</param>
/// <param name="Ignored">Frames that were for nobody.</param>
internal sealed record OtherFigures(PingSummary Before, PingSummary During, int Strangers, long Ignored)
{
    /// <summary>A ping may take so much longer than any before: rounding of timers.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(0.1);

    /// <summary>Whether all was as before.</summary>
    public bool NoticedNothing => Strangers == 0 && Ignored == 0 && Before.Received > 0 && During.Received > 0
        && During is { Lost: 0, Duplicates: 0, Reordered: 0, Pending: 0 }
        && During.RoundTripMax <= Before.RoundTripMax + Margin;
}
