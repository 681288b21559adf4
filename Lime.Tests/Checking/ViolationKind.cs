namespace Lime.Tests.Checking;

/// <summary>What one switch could not have done.</summary>
internal enum ViolationKind
{
    /// <summary>No place in the serial order explains what happened to a packet: lost, delivered twice or to the wrong
    /// host, changed wrongly, handed up wrongly or not, or handled by a rule that was not there.</summary>
    PacketUnexplained,

    /// <summary>A place would explain it, but only against the order in which things depend on each other.</summary>
    OrderBroken,

    /// <summary>A frame or packet-in that nothing caused.</summary>
    Uncaused,

    /// <summary>The serial order that was claimed is not the app's own.</summary>
    ClaimWrong,

    /// <summary>A barrier or statistics request that was answered twice, or not at all.</summary>
    AnswerCount,

    /// <summary>An error that one switch would not give, or not this way, or that is missing.</summary>
    ErrorWrong,

    /// <summary>A flow-removed that one switch would not send, or that is missing.</summary>
    RemovalWrong,

    /// <summary>Statistics that no moment between request and reply explains.</summary>
    StatisticsWrong,

    /// <summary>More has passed a meter than its rate.</summary>
    RateExceeded,

    /// <summary>A port status that nothing caused.</summary>
    PortStatusWrong,
}
