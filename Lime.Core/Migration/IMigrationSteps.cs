namespace Lime.Core.Migration;

/// <summary>Carries out what the state machine decides, for one plan; the virtual switches' side of a
/// migration.</summary>
/// <remarks>One step at a time; a step is cancelled and awaited before <see cref="RollBackAsync"/>. A step
/// that cannot be done throws <see cref="MigrationStepException"/>. Threading: the owner loop's.</remarks>
internal interface IMigrationSteps
{
    /// <summary>The migration that takes everything back, once the source is retired.</summary>
    MigrationPlan? Undo { get; }

    /// <summary>Checks the plan, reserves what it needs.</summary>
    /// <returns>How many attachments are to move.</returns>
    Task<int> CheckAsync(CancellationToken cancellationToken);

    Task CopyRulesAsync(CancellationToken cancellationToken);

    Task MoveAttachmentAsync(int index, CancellationToken cancellationToken);

    Task FreezeAsync(CancellationToken cancellationToken);

    Task CopyLastStateAsync(CancellationToken cancellationToken);

    Task MoveAllAsync(CancellationToken cancellationToken);

    Task AwaitDrainAsync(CancellationToken cancellationToken);

    /// <summary>Cannot be cancelled.</summary>
    /// <returns>A sentence for the operator.</returns>
    Task<string> RetireSourceAsync();

    /// <summary>Undoes what was done so far, with whichever switches are left. Cannot be cancelled.</summary>
    /// <returns>A sentence for the operator, or nothing.</returns>
    Task<string> RollBackAsync();

    /// <summary>Gives back what was reserved; the last call.</summary>
    void Release();
}
