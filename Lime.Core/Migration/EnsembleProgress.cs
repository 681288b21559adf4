using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>The migration of an ensemble at a moment.</summary>
public sealed record EnsembleProgress
{
    /// <summary>Where it stands. In <see cref="MigrationPhase.Cloned"/> hosts move, in
    /// <see cref="MigrationPhase.Aborting"/> they go back first.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>What is being done, or why it ended, in a sentence.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Time since it began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Rules to copy to the targets.</summary>
    public int RulesTotal { get; init; }

    /// <summary>Rules copied so far.</summary>
    public int RulesCopied { get; init; }

    /// <summary>The hosts, in the order in which they move.</summary>
    public ImmutableArray<HostMoveReport> Hosts { get; init; } = [];

    /// <summary>Hosts that are at their new places.</summary>
    public int HostsMoved { get; init; }

    /// <summary>Barriers awaited so far, at any switch.</summary>
    public int Barriers { get; init; }

    /// <summary>Flow-mods sent so far, to any switch.</summary>
    public int FlowMods { get; init; }

    /// <summary>What the apps' rule changes have cost so far, for each switch in the plan's order.</summary>
    public ImmutableArray<UpdateCosts> Costs { get; init; } = [];

    /// <summary>Whether it has ended.</summary>
    public bool IsFinal => Phase is MigrationPhase.Completed or MigrationPhase.Aborted;
}
