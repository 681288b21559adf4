namespace Lime.Core.Migration;

/// <summary>A step of a migration cannot be done; the message says why and goes to the operator.</summary>
internal sealed class MigrationStepException(string message) : Exception(message);
