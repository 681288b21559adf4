namespace Lime.Core.Migration;

/// <summary>What the migration of an ensemble is to do next.</summary>
internal abstract record EnsembleEffect
{
    private EnsembleEffect()
    {
    }

    /// <summary>Check the plan against the switches; ends in Checked.</summary>
    public sealed record CheckPlan : EnsembleEffect;

    /// <summary>Copy rules to all targets; ends in Filled.</summary>
    public sealed record FillTargets : EnsembleEffect;

    /// <summary>Clone: from here on all targets take part, and what is for a host goes to where it is; ends in
    /// Shared.</summary>
    public sealed record ShareTraffic : EnsembleEffect;

    /// <summary>Freeze-and-copy: make all sources drop everything; ends in Frozen.</summary>
    public sealed record Freeze : EnsembleEffect;

    /// <summary>Freeze-and-copy: copy what changed since the copy; ends in LastStateCopied.</summary>
    public sealed record CopyLastState : EnsembleEffect;

    /// <summary>Have a host moved; ends in HostMoved or HostFailed.</summary>
    public sealed record MoveHost(int Index) : EnsembleEffect;

    /// <summary>Have a host moved back; ends in HostReturned or HostFailed.</summary>
    public sealed record ReturnHost(int Index) : EnsembleEffect;

    /// <summary>Neighbours outside the ensemble send to the targets; ends in NeighboursMoved.</summary>
    public sealed record MoveNeighbours : EnsembleEffect;

    /// <summary>Watch the sources until they are quiet; ends in Drained.</summary>
    public sealed record AwaitDrain : EnsembleEffect;

    /// <summary>Leave everything to the targets and empty the sources; ends in SourcesRetired.</summary>
    public sealed record RetireSources : EnsembleEffect;

    /// <summary>Hosts are where they were: undo the rest; ends in RolledBack.</summary>
    public sealed record RollBack : EnsembleEffect;
}
