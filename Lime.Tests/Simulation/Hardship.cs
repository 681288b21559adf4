using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.OpenFlow;

namespace Lime.Tests.Simulation;

/// <summary>What makes a run of the second family hard.</summary>
internal enum Hardship
{
    /// <summary>Barriers are answered before rules are in the data plane.</summary>
    LyingBarriers,

    /// <summary>Caches of flows lag behind the tables.</summary>
    LaggingCaches,

    /// <summary>The switch that a migration leads away from is lost meanwhile.</summary>
    SourceLost,

    /// <summary>Clocks of switches that go wrong, each in its way.</summary>
    ClockSkew,

    /// <summary>Several tables, groups and meters; runs of their own.</summary>
    Pipeline,
}

/// <summary>The second family of runs: what switches do wrong that are not Lime's own.</summary>
internal static class HardScenarios
{
    /// <summary>By which fraction clocks may be wrong.</summary>
    public const double ClockSkewMax = 0.06;

    /// <summary>Those of which a run has one.</summary>
    public static ImmutableArray<Hardship> Kinds { get; } =
        [Hardship.LyingBarriers, Hardship.LaggingCaches, Hardship.SourceLost, Hardship.ClockSkew];

    /// <summary>What a seed decides.</summary>
    public static Scenario Of(int seed)
    {
        // Neighbouring seeds give unlike numbers, and others than in the first family.
        var dice = new Random(unchecked((seed * 6271) + 5));
        Hardship hardship = Kinds[dice.Next(Kinds.Length)];
        Scenario plain = Scenario.Of(dice.Next()) with { Seed = seed, Hardship = hardship };
        return hardship switch
        {
            Hardship.LyingBarriers => Lagging(plain, dice, delayMs: 0.5 + (8 * dice.NextDouble()), cacheMs: 0),
            Hardship.SourceLost => plain with
            {
                Fault = dice.Next(2) == 0 ? FaultKind.SourceLost : FaultKind.SourceReset,
            },
            Hardship.ClockSkew => Timed(plain) with
            {
                ClockRates = [.. Enumerable.Range(0, plain.Spares + 1)
                    .Select(_ => 1 + (ClockSkewMax * 0.95 * ((2 * dice.NextDouble()) - 1)))],
            },
            _ => Lagging(plain, dice, dice.Next(3) == 0 ? 4 * dice.NextDouble() : 0, 2 + (6 * dice.NextDouble())),
        };
    }

    /// <summary>What a seed decides of a run with several tables, groups and meters.</summary>
    public static Scenario PipelineOf(int seed)
    {
        var dice = new Random(unchecked((seed * 6271) + 11));
        Scenario plain = Scenario.Of(dice.Next());
        return plain with
        {
            Seed = seed,
            Hardship = Hardship.Pipeline,
            App = AppKind.Pipeline,
            Version = OpenFlowVersion.V13,
            Hosts = Math.Max(3, plain.Hosts),
            Fault = dice.Next(2) == 0 ? FaultKind.None : plain.Fault,
        };
    }

    private static Scenario Lagging(Scenario plain, Random dice, double delayMs, double cacheMs)
    {
        // What runs out of time lags behind its flow-removed on a single such switch, too.
        Scenario lagging = plain with
        {
            HasTimeouts = false,
            ActIntervalMs = 5 + (5 * dice.NextDouble()),
            PacketIntervalMs = 4 + (4 * dice.NextDouble()),
            DurationMs = 150 + (250 * dice.NextDouble()),
            FlowModsPerSecond = dice.Next(2) == 0 ? 0 : 4000 + (10_000 * dice.NextDouble()),
            Fault = dice.Next(3) == 0 ? FaultKind.Stall : FaultKind.None,
            DataPlaneDelay = TimeSpan.FromMilliseconds(delayMs),
            FlowCacheInterval = TimeSpan.FromMilliseconds(cacheMs),
        };
        // More than two rounds of the cache, behind the tables' lag.
        IEvidence settle = Evidence.SettleFor(TimeSpan.FromMilliseconds((delayMs * 1.1) + (2.2 * cacheMs) + 0.5));
        return dice.Next(12) switch
        {
            0 => Slow(lagging) with { Evidence = null },
            1 => Slow(lagging) with { Evidence = Evidence.Both },
            < 6 when cacheMs == 0 => lagging with { Evidence = Evidence.Probe },
            _ => lagging with { Evidence = settle },
        };
    }

    /// <summary>As runs of the first family in which rules run out of time.</summary>
    private static Scenario Timed(Scenario scenario) => scenario with
    {
        HasTimeouts = true,
        PacketIntervalMs = 40,
        ActIntervalMs = 60,
        DurationMs = 6000,
    };

    /// <summary>For evidence that takes more than a second each time.</summary>
    private static Scenario Slow(Scenario scenario) =>
        scenario with { PacketIntervalMs = 80, DurationMs = 8000, ActIntervalMs = 600 };
}
