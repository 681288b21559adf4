using System.Collections.Immutable;

namespace Lime.Core.Migration;

/// <summary>Virtual switches and hosts that move together, and how (the paper's section 3): all switches are cloned
/// first, then hosts move one by one, then the old instances are drained and retired.</summary>
/// <param name="Switches">The virtual switches, at least one.</param>
/// <param name="Hosts">The hosts on them that move, in the order that was chosen by hand; a host's virtual port has to
/// be one of these switches'.</param>
public sealed record EnsemblePlan(ImmutableArray<EnsembleSwitch> Switches, ImmutableArray<EnsembleHost> Hosts)
{
    /// <summary>How the switches move. By freeze-and-copy hosts move while the network stands still.</summary>
    public MigrationMethod Method { get; init; } = MigrationMethod.Clone;

    /// <summary>Who moves the hosts; needed if there are any.</summary>
    public IHostMover? Mover { get; init; }

    /// <summary>In which order hosts move.</summary>
    public HostOrder Order { get; init; } = HostOrder.Given;

    /// <summary>How much hosts send to one another, for <see cref="HostOrder.Computed"/>.</summary>
    public ImmutableArray<HostTraffic> Traffic { get; init; } = [];

    /// <summary>How long the move of one host may take, 1 s to 24 h.</summary>
    public TimeSpan HostMoveTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait between the end of one host's move and the next one's beginning, 0 to 1 h.</summary>
    public TimeSpan HostInterval { get; init; }

    /// <summary>How long to wait before a host's move that has failed is tried again where nothing else is left, 1 ms
    /// to 1 h.</summary>
    public TimeSpan HostRetryInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all of it may take before it is aborted, 1 s to 24 h.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>As <see cref="MigrationPlan.StepTimeout"/>; for steps of switches.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>As <see cref="MigrationPlan.DrainQuietTime"/>; longer than a frame travels between an old and a new
    /// place.</summary>
    public TimeSpan DrainQuietTime { get; init; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>As <see cref="MigrationPlan.Evidence"/>. While a host stands still the switches' word is taken unless
    /// this names another kind.</summary>
    public IEvidence? Evidence { get; init; }

    /// <summary>As <see cref="MigrationPlan.Guard"/>; a detour is not possible where hosts are.</summary>
    public GuardMode Guard { get; init; } = GuardMode.Serialise;

    /// <summary>As <see cref="MigrationPlan.Budgets"/>, for each switch.</summary>
    public UpdateBudgets Budgets { get; init; } = new();

    /// <summary>As <see cref="MigrationPlan.RequireSelectAffinity"/>.</summary>
    public bool RequireSelectAffinity { get; init; }
}
