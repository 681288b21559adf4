namespace Lime.Core.Ovsdb;

/// <summary>Why a connection ended.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Detail">One sentence for a person.</param>
internal sealed record OvsdbCloseCause(OvsdbCloseReason Reason, string Detail)
{
    /// <summary>What was thrown, if something was.</summary>
    public Exception? Exception { get; init; }

    public static OvsdbCloseCause Of(OvsdbCloseReason reason, Exception exception) =>
        new(reason, $"{exception.GetType().Name}: {exception.Message}") { Exception = exception };

    public override string ToString() => $"{Reason}: {Detail}";
}
