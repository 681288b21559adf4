namespace Lime.Core.Ovsdb;

/// <summary>A request did not get what it asked for.</summary>
internal sealed class OvsdbRequestException(OvsdbRequestFailure failure, string message, OvsdbError? error = null)
    : Exception(message)
{
    public OvsdbRequestFailure Failure => failure;

    /// <summary>What the server said; null if it said nothing.</summary>
    public OvsdbError? Error => error;
}
