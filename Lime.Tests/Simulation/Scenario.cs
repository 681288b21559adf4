using Lime.OpenFlow;

namespace Lime.Tests.Simulation;

/// <summary>What a seed decides before a run begins.</summary>
internal sealed record Scenario
{
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

    /// <summary>How long hosts and app are at work.</summary>
    public required double DurationMs { get; init; }

    /// <summary>Whether some rules have timeouts; such runs last longer.</summary>
    public required bool HasTimeouts { get; init; }

    /// <summary>Flow-mods that the instances do a second; 0: no time.</summary>
    public required double FlowModsPerSecond { get; init; }

    public required FaultKind Fault { get; init; }

    public static Scenario Of(int seed)
    {
        // Neighbouring seeds give unlike numbers.
        var dice = new Random(unchecked((seed * 7919) + 17));
        bool hasTimeouts = dice.Next(8) == 0;
        return new Scenario
        {
            Seed = seed,
            Version = dice.Next(2) == 0 ? OpenFlowVersion.V10 : OpenFlowVersion.V13,
            App = (AppKind)dice.Next(Enum.GetValues<AppKind>().Length),
            Hosts = dice.Next(2, 5),
            Spares = dice.Next(1, 3),
            Neighbours = dice.Next(1, 3),
            PacketIntervalMs = hasTimeouts ? 40 : 3 + (3 * dice.NextDouble()),
            DurationMs = hasTimeouts ? 6000 : 120 + (160 * dice.NextDouble()),
            HasTimeouts = hasTimeouts,
            FlowModsPerSecond = dice.Next(3) == 0 ? 0 : 1000 + (15_000 * dice.NextDouble()),
            Fault = dice.Next(2) == 0 ? FaultKind.None : (FaultKind)dice.Next(Enum.GetValues<FaultKind>().Length),
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
}
