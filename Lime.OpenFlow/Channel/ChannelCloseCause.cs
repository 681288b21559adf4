namespace Lime.OpenFlow.Channel;

/// <summary>Why a channel ended.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Detail">One sentence for a person.</param>
public sealed record ChannelCloseCause(ChannelCloseReason Reason, string Detail)
{
    /// <summary>What was thrown, if something was; for the log.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Reason and detail in a line.</summary>
    public override string ToString() => $"{Reason}: {Detail}";
}
