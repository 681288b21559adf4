namespace Lime.Core.Migration;

/// <summary>Where a migration stands.</summary>
public enum MigrationPhase
{
    /// <summary>Entered at the start: the plan is being checked against the switches.</summary>
    Preparing,

    /// <summary>The target was found fit: rules are copied to it; no traffic reaches it.</summary>
    Cloning,

    /// <summary>The target has every rule: attachments move to it one by one (freeze-and-copy: all at
    /// once).</summary>
    Cloned,

    /// <summary>Every attachment has moved: the source is watched until nothing passes through it any
    /// more.</summary>
    Draining,

    /// <summary>The source is quiet: its counters are taken over and its rules deleted; there is no way
    /// back.</summary>
    Retiring,

    /// <summary>The target is the only instance. Final.</summary>
    Completed,

    /// <summary>Something failed or an abort was asked for: attachments move back, the target is
    /// emptied.</summary>
    Aborting,

    /// <summary>The source is the only instance, as before. Final.</summary>
    Aborted,
}
