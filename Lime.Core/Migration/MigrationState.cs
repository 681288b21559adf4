namespace Lime.Core.Migration;

/// <summary>A migration's state, as far as it decides what comes next.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Method">How it moves.</param>
internal sealed record MigrationState(MigrationPhase Phase, MigrationMethod Method)
{
    /// <summary>How many attachments are to move.</summary>
    public int Attachments { get; init; }

    /// <summary>How many have moved.</summary>
    public int Moved { get; init; }

    /// <summary>Whether the source was lost when the target had taken over its work: then it can only go
    /// forward.</summary>
    public bool IsSourceLost { get; init; }

    /// <summary>What its end has to say of an abort that was asked for and could not be; "": none was.</summary>
    public string AbortRefused { get; init; } = "";

    /// <summary>Why it is ending, or what it ended with.</summary>
    public string Detail { get; init; } = "";
}
