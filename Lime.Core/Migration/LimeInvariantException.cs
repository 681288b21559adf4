namespace Lime.Core.Migration;

/// <summary>Something happened that the design rules out: a defect of Lime's, checked in Release
/// too.</summary>
public sealed class LimeInvariantException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found.</param>
    public LimeInvariantException(string message)
        : base(message)
    {
    }

    internal static LimeInvariantException IllegalTransition(MigrationPhase phase, MigrationEvent migrationEvent) =>
        new($"A migration in phase {phase} cannot meet {migrationEvent}.");
}
