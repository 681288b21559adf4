using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Rules;

/// <summary>Divides a meter's rates between two instances, so that together they let through no more than the one meter
/// would.</summary>
/// <remarks>
/// A switch that is given a changed meter lets a full burst through again. So a tenth of each rate, what a second's
/// default burst is, is kept back for the bursts: changed at most once a second, the instances pass in any time t at
/// most 9/10 rate t, and per change a burst of 1/10 rate together, which is rate t and one burst.
/// </remarks>
internal static class MeterDivision
{
    /// <summary>Rates are changed no more often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const uint KeptBack = 10;

    /// <summary>An Ethernet frame of 1,522 bytes, in kilobits: no burst can be less.</summary>
    private const uint FrameKilobits = 13;

    /// <summary>Whether the rates are large enough to be divided, and all bands of kinds that are known.</summary>
    public static bool CanDivide(MeterFlags flags, ImmutableArray<MeterBand> bands)
    {
        uint burst = SmallestBurst(flags);
        return bands.All(each => each.Type is MeterBandType.Drop or MeterBandType.DscpRemark
            && Reserve(each, burst) <= each.Rate / 2);
    }

    /// <summary>One instance's share of a meter.</summary>
    /// <param name="mod">The meter as the app gave it.</param>
    /// <param name="part">Of what is not kept back, 0..1.</param>
    public static MeterMod Divide(MeterMod mod, double part)
    {
        if (mod.Command == MeterModCommand.Delete || mod.Bands.IsEmpty) return mod;
        uint smallest = SmallestBurst(mod.Flags);
        return mod with
        {
            Flags = mod.Flags | MeterFlags.Burst,
            Bands = [.. mod.Bands.Select(each => Divide(each, mod.Flags, part, smallest))],
        };
    }

    /// <summary>How long it takes until what was kept back makes up for the burst that a meter given back whole lets
    /// through.</summary>
    public static TimeSpan TimeToMakeUp(MeterFlags flags, ImmutableArray<MeterBand> bands)
    {
        uint smallest = SmallestBurst(flags);
        double seconds = 0;
        foreach (MeterBand each in bands)
        {
            uint burst = flags.HasFlag(MeterFlags.Burst) ? each.BurstSize : each.Rate / KeptBack;
            seconds = Math.Max(seconds, (double)Math.Max(burst, smallest) / Reserve(each, smallest));
        }
        return TimeSpan.FromSeconds(Math.Min(seconds, 10));
    }

    private static MeterBand Divide(MeterBand band, MeterFlags flags, double part, uint smallest)
    {
        uint reserve = Reserve(band, smallest);
        uint rate = Math.Max(1, (uint)((band.Rate - Math.Min(band.Rate, reserve)) * part));
        uint burst = reserve / 2;
        if (flags.HasFlag(MeterFlags.Burst)) burst = Math.Min(burst, band.BurstSize / 2);
        return band with { Rate = rate, BurstSize = Math.Max(smallest, burst) };
    }

    private static uint Reserve(MeterBand band, uint smallest) => Math.Max(band.Rate / KeptBack, 2 * smallest);

    private static uint SmallestBurst(MeterFlags flags) =>
        flags.HasFlag(MeterFlags.PacketsPerSecond) ? 1 : FrameKilobits;
}
