namespace Lime.Core.Migration;

/// <summary>What a migration is to do next.</summary>
internal abstract record MigrationEffect
{
    private MigrationEffect()
    {
    }

    /// <summary>Check the plan against the switches; ends in Checked.</summary>
    public sealed record CheckPlan : MigrationEffect;

    /// <summary>Copy the rules to the target; ends in RulesCopied.</summary>
    public sealed record CopyRules : MigrationEffect;

    /// <summary>Move an attachment to the target; ends in AttachmentMoved.</summary>
    public sealed record MoveAttachment(int Index) : MigrationEffect;

    /// <summary>Make the source drop everything; ends in Frozen.</summary>
    public sealed record Freeze : MigrationEffect;

    /// <summary>Copy what changed since the copy; ends in LastStateCopied.</summary>
    public sealed record CopyLastState : MigrationEffect;

    /// <summary>Move every attachment at once; ends in AllMoved.</summary>
    public sealed record MoveAll : MigrationEffect;

    /// <summary>Watch the source until it is quiet; ends in Drained.</summary>
    public sealed record AwaitDrain : MigrationEffect;

    /// <summary>Stop what is being done, leave the attachments to the target, take over the source's counters and empty
    /// it; ends in SourceRetired.</summary>
    public sealed record RetireSource : MigrationEffect;

    /// <summary>Stop what is being done and undo what was; ends in RolledBack.</summary>
    public sealed record RollBack : MigrationEffect;
}
