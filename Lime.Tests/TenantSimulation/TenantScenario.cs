using Lime.OpenFlow;

namespace Lime.Tests.TenantSimulation;

/// <summary>What a seed decides of a run in which a tenant's network moves.</summary>
internal sealed record TenantScenario
{
    public required int Seed { get; init; }

    public required OpenFlowVersion Version { get; init; }

    /// <summary>Virtual switches in a row, 2 or 3: all are cloned at once.</summary>
    public required int Switches { get; init; }

    /// <summary>1 or 2: two to four in all.</summary>
    public required int HostsPerSwitch { get; init; }

    /// <summary>One way between the sites.</summary>
    public required double WanMs { get; init; }

    /// <summary>Flow-mods that a switch does a second; 0: no time.</summary>
    public required double FlowModsPerSecond { get; init; }

    /// <summary>Mean time between two packets that a host sends of its own accord.</summary>
    public required double PacketIntervalMs { get; init; }

    /// <summary>Mean time between two things that an app does at a switch of its own accord.</summary>
    public required double ActIntervalMs { get; init; }

    /// <summary>How long a host's memory is copied, and how long it stands still at least.</summary>
    public required (double Copy, double Pause) MoveMs { get; init; }

    /// <summary>When the operator aborts; null: never.</summary>
    public double? AbortMs { get; init; }

    /// <summary>Whether what has moved moves back.</summary>
    public bool GoesBack { get; init; }

    /// <summary>Whether control channels stall now and then.</summary>
    public bool HasStalls { get; init; }

    /// <summary>Which move of a host fails, by number; null: none.</summary>
    public int? FailingMove { get; init; }

    public static TenantScenario Of(int seed)
    {
        // Neighbouring seeds give unlike numbers.
        var dice = new Random(unchecked((seed * 6947) + 29));
        int switches = dice.Next(2, 4);
        int hosts = switches == 2 ? dice.Next(1, 3) : 1;
        int end = dice.Next(6);
        return new TenantScenario
        {
            Seed = seed,
            Version = dice.Next(2) == 0 ? OpenFlowVersion.V10 : OpenFlowVersion.V13,
            Switches = switches,
            HostsPerSwitch = hosts,
            WanMs = 0.5 + (4 * dice.NextDouble()),
            FlowModsPerSecond = dice.Next(2) == 0 ? 0 : 2000 + (12_000 * dice.NextDouble()),
            PacketIntervalMs = 5 + (4 * dice.NextDouble()),
            ActIntervalMs = 8 + (8 * dice.NextDouble()),
            MoveMs = (5 + (20 * dice.NextDouble()), 1 + (3 * dice.NextDouble())),
            AbortMs = end < 2 ? 250 * dice.NextDouble() : null,
            GoesBack = end == 2,
            HasStalls = dice.Next(4) == 0,
            FailingMove = end == 3 ? dice.Next(switches * hosts) : null,
        };
    }
}
