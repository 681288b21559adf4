namespace Lime.Core.Migration;

/// <summary>A migration at a moment.</summary>
public sealed record MigrationProgress
{
    /// <summary>Where it stands.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>What is being done, or why it ended, in a sentence.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Time since it began.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Rules to copy to the target.</summary>
    public int RulesTotal { get; init; }

    /// <summary>Rules copied so far.</summary>
    public int RulesCopied { get; init; }

    /// <summary>Attachments to move.</summary>
    public int AttachmentsTotal { get; init; }

    /// <summary>Attachments moved so far.</summary>
    public int AttachmentsMoved { get; init; }

    /// <summary>Barriers awaited so far, at any switch.</summary>
    public int Barriers { get; init; }

    /// <summary>Flow-mods sent so far, to any switch.</summary>
    public int FlowMods { get; init; }

    /// <summary>What the apps' rule changes have cost so far while both switches carried traffic; as of the last one
    /// that was complete.</summary>
    public UpdateCosts Costs { get; init; } = new();

    /// <summary>Whether it has ended.</summary>
    public bool IsFinal => Phase is MigrationPhase.Completed or MigrationPhase.Aborted;
}
