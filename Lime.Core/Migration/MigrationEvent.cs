namespace Lime.Core.Migration;

/// <summary>What may happen to a migration.</summary>
internal abstract record MigrationEvent
{
    private MigrationEvent()
    {
    }

    /// <summary>The plan holds: so many attachments are to move.</summary>
    public sealed record Checked(int Attachments) : MigrationEvent;

    /// <summary>The target has every rule, confirmed.</summary>
    public sealed record RulesCopied : MigrationEvent;

    /// <summary>An attachment, counted from 0, is at the target, confirmed.</summary>
    public sealed record AttachmentMoved(int Index) : MigrationEvent;

    /// <summary>Freeze-and-copy: the source drops everything, confirmed.</summary>
    public sealed record Frozen : MigrationEvent;

    /// <summary>Freeze-and-copy: the target has what changed since the copy, confirmed.</summary>
    public sealed record LastStateCopied : MigrationEvent;

    /// <summary>Freeze-and-copy: every attachment is at the target, confirmed.</summary>
    public sealed record AllMoved : MigrationEvent;

    /// <summary>Nothing passes through the source any more.</summary>
    public sealed record Drained : MigrationEvent;

    /// <summary>The source's counters are taken over and its rules are gone, or it is gone itself.</summary>
    public sealed record SourceRetired(string Detail) : MigrationEvent;

    /// <summary>The source is the only instance again, as before.</summary>
    public sealed record RolledBack(string Detail) : MigrationEvent;

    /// <summary>What was being done has failed.</summary>
    public sealed record StepFailed(string Reason) : MigrationEvent;

    /// <summary>An operator, or the end of the controller, asks for an end.</summary>
    public sealed record AbortRequested(string Reason) : MigrationEvent;

    /// <summary>The target's connection is lost, or it refused a rule.</summary>
    public sealed record TargetLost(string Reason) : MigrationEvent;

    /// <summary>A neighbour refused a rule, so that it does not send and take packets as it should.</summary>
    public sealed record NeighbourRefused(string Reason) : MigrationEvent;

    /// <summary>The source's connection is lost, or it doesn't answer.</summary>
    public sealed record SourceLost(string Reason) : MigrationEvent;

    /// <summary>The plan's time is over.</summary>
    public sealed record DeadlinePassed : MigrationEvent;
}
