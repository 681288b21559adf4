namespace Lime.Core.Migration;

/// <summary>The state of an ensemble's migration, as far as it decides what comes next.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Method">How it moves.</param>
internal sealed record EnsembleState(MigrationPhase Phase, MigrationMethod Method)
{
    /// <summary>How many hosts are to move.</summary>
    public int Hosts { get; init; }

    /// <summary>How many are at their new places: the first ones, in the order of moves.</summary>
    public int Moved { get; init; }

    /// <summary>Whether a host's mover has been asked and has not answered yet: where the host is is known only
    /// then.</summary>
    public bool IsHostOnItsWay { get; init; }

    /// <summary>How often in a row a host's move has failed where there was nothing to fall back to.</summary>
    public int Tries { get; init; }

    /// <summary>Whether a source was lost when the targets had taken over.</summary>
    public bool IsSourceLost { get; init; }

    /// <summary>Whether a host could not be moved back.</summary>
    public bool IsReturnRefused { get; init; }

    /// <summary>Whether there is no way back at present.</summary>
    public bool IsForwardOnly => IsSourceLost || IsReturnRefused;

    /// <summary>Why it is ending, or what it ended with.</summary>
    public string Detail { get; init; } = "";
}
