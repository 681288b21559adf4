namespace Lime.Core.Migration;

/// <summary>What may happen to the migration of an ensemble.</summary>
internal abstract record EnsembleEvent
{
    private EnsembleEvent()
    {
    }

    /// <summary>The plan holds: so many hosts are to move.</summary>
    public sealed record Checked(int Hosts) : EnsembleEvent;

    /// <summary>Every target has every rule, confirmed.</summary>
    public sealed record Filled : EnsembleEvent;

    /// <summary>All targets take part.</summary>
    public sealed record Shared : EnsembleEvent;

    /// <summary>Freeze-and-copy: the sources drop everything.</summary>
    public sealed record Frozen : EnsembleEvent;

    /// <summary>Freeze-and-copy: the targets have what changed since the copy.</summary>
    public sealed record LastStateCopied : EnsembleEvent;

    /// <summary>A host, counted from 0 in the order of moves, runs at the new place.</summary>
    public sealed record HostMoved(int Index) : EnsembleEvent;

    /// <summary>A host that had moved runs at the old place again.</summary>
    public sealed record HostReturned(int Index) : EnsembleEvent;

    /// <summary>A host's move, there or back, failed: it runs where it was.</summary>
    public sealed record HostFailed(int Index, string Reason) : EnsembleEvent;

    /// <summary>Neighbours send to the targets.</summary>
    public sealed record NeighboursMoved : EnsembleEvent;

    /// <summary>Nothing passes through the sources any more.</summary>
    public sealed record Drained : EnsembleEvent;

    /// <summary>The targets are alone.</summary>
    public sealed record SourcesRetired(string Detail) : EnsembleEvent;

    /// <summary>The sources are alone, as before.</summary>
    public sealed record RolledBack(string Detail) : EnsembleEvent;

    /// <summary>What was being done has failed.</summary>
    public sealed record StepFailed(string Reason) : EnsembleEvent;

    /// <summary>An operator, or the end of the controller, asks for an end.</summary>
    public sealed record AbortRequested(string Reason) : EnsembleEvent;

    /// <summary>A target is lost or refused something, or a neighbour did.</summary>
    public sealed record TargetLost(string Reason) : EnsembleEvent;

    /// <summary>A source is lost, or doesn't answer.</summary>
    public sealed record SourceLost(string Reason) : EnsembleEvent;

    /// <summary>The plan's time is over.</summary>
    public sealed record DeadlinePassed : EnsembleEvent;
}
