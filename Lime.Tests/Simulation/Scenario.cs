using System.Collections.Immutable;
using Lime.Core.Migration;
using Lime.OpenFlow;

namespace Lime.Tests.Simulation;

/// <summary>What a seed decides before a run begins.</summary>
internal sealed record Scenario
{
    /// <summary>How many kinds of apps and of faults the first family of runs has: the first ones.</summary>
    private const int PlainApps = 3, PlainFaults = 7;

    public required int Seed { get; init; }

    public required OpenFlowVersion Version { get; init; }

    public required AppKind App { get; init; }

    /// <summary>2 to 4, one at each port of the switch.</summary>
    public required int Hosts { get; init; }

    /// <summary>Spare switches, 1 or 2.</summary>
    public required int Spares { get; init; }

    /// <summary>The switches between the hosts and the one that moves, 1 or 2.</summary>
    public required int Neighbours { get; init; }

    /// <summary>Mean time between two packets that a host sends of its own accord.</summary>
    public required double PacketIntervalMs { get; init; }

    /// <summary>Mean time between two things that the app does of its own accord.</summary>
    public required double ActIntervalMs { get; init; }

    /// <summary>How long hosts and app are at work.</summary>
    public required double DurationMs { get; init; }

    /// <summary>Whether some rules have timeouts; such runs last longer.</summary>
    public required bool HasTimeouts { get; init; }

    /// <summary>Flow-mods that the instances do a second; 0: no time.</summary>
    public required double FlowModsPerSecond { get; init; }

    public required FaultKind Fault { get; init; }

    /// <summary>What makes the run harder than those of the first family; null: it is one of those.</summary>
    public Hardship? Hardship { get; init; }

    /// <summary>How much later than they say all switches take rules into their data planes.</summary>
    public TimeSpan DataPlaneDelay { get; init; }

    /// <summary>How often all switches look through their caches of flows; 0: they have none.</summary>
    public TimeSpan FlowCacheInterval { get; init; }

    /// <summary>How fast the clocks of source and spares go, 1: rightly; empty: all do.</summary>
    public ImmutableArray<double> ClockRates { get; init; } = [];

    /// <summary>What the plans ask for. By default these switches' word is true: a barrier's reply comes when what was
    /// before it is in force.</summary>
    public IEvidence? Evidence { get; init; } = Core.Migration.Evidence.Barrier;

    /// <summary>Whether the word of a switch is not true, so that an app that relied on it would see so even where
    /// nothing migrates: such an app changes rules only while plans ask for evidence.</summary>
    public bool IsLagging => DataPlaneDelay + FlowCacheInterval > TimeSpan.Zero;

    public static Scenario Of(int seed)
    {
        // Neighbouring seeds give unlike numbers.
        var dice = new Random(unchecked((seed * 7919) + 17));
        bool hasTimeouts = dice.Next(8) == 0;
        return new Scenario
        {
            Seed = seed,
            Version = dice.Next(2) == 0 ? OpenFlowVersion.V10 : OpenFlowVersion.V13,
            App = (AppKind)dice.Next(PlainApps),
            Hosts = dice.Next(2, 5),
            Spares = dice.Next(1, 3),
            Neighbours = dice.Next(1, 3),
            PacketIntervalMs = hasTimeouts ? 40 : 3 + (3 * dice.NextDouble()),
            ActIntervalMs = hasTimeouts ? 60 : 5,
            DurationMs = hasTimeouts ? 6000 : 120 + (160 * dice.NextDouble()),
            HasTimeouts = hasTimeouts,
            FlowModsPerSecond = dice.Next(3) == 0 ? 0 : 1000 + (15_000 * dice.NextDouble()),
            Fault = dice.Next(2) == 0 ? FaultKind.None : (FaultKind)dice.Next(PlainFaults),
        };
    }
}

internal enum AppKind
{
    /// <summary>Adds, modifies and deletes rules at random.</summary>
    RandomRules,

    /// <summary>Learns where hosts are.</summary>
    LearningSwitch,

    /// <summary>Outside may answer what inside asked.</summary>
    Firewall,

    /// <summary>Uses several tables, groups and meters.</summary>
    Pipeline,
}

internal enum FaultKind
{
    None,

    /// <summary>A switch does nothing that it is told for a while.</summary>
    Stall,

    /// <summary>The target loses its control channel, and comes back with what it had.</summary>
    TargetLost,

    /// <summary>The target loses its control channel and its table.</summary>
    TargetReset,

    /// <summary>The target loses its control channel and comes back with rules of somebody else.</summary>
    TargetForeign,

    /// <summary>The target refuses some flow-mods.</summary>
    TargetFull,

    /// <summary>The source refuses some of the app's flow-mods.</summary>
    SourceFull,

    /// <summary>The source loses its control channel during a migration, goes on forwarding, and comes back with what
    /// it had.</summary>
    SourceLost,

    /// <summary>The source loses its control channel and its table, and so its data path, while a clone of it
    /// lives.</summary>
    SourceReset,
}
