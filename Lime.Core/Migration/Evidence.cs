using System.Diagnostics.CodeAnalysis;

namespace Lime.Core.Migration;

/// <summary>The kinds of evidence that Lime has.</summary>
public static class Evidence
{
    /// <summary>How long <see cref="Settle"/> waits unless it is said otherwise: two of Open vSwitch's rounds of
    /// revalidation, 500 ms each, and a margin.</summary>
    public static TimeSpan DefaultSettleTime { get; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>The switch's word alone.</summary>
    public static IEvidence Barrier { get; } = new BarrierEvidence();

    /// <summary>Time, for switches with a cache of flows, such as Open vSwitch.</summary>
    public static IEvidence Settle { get; } = new SettleEvidence(DefaultSettleTime);

    /// <summary>As <see cref="Settle"/>, with another time.</summary>
    /// <param name="settleTime">From 0 to 1 h.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of range.</exception>
    public static IEvidence SettleFor(TimeSpan settleTime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settleTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settleTime, TimeSpan.FromHours(1));
        return new SettleEvidence(settleTime);
    }

    /// <summary>The kind of that name: barrier or settle.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out IEvidence? evidence)
    {
        IEvidence[] all = [Barrier, Settle];
        evidence = Array.Find(all, each => each.Name == name);
        return evidence is not null;
    }
}
