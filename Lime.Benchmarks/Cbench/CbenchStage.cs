namespace Lime.Benchmarks.Cbench;

/// <summary>Where a run stands.</summary>
internal enum CbenchStage
{
    /// <summary>The switches shake hands; no packet-in is sent.</summary>
    Introducing,

    /// <summary>All are known: the controller is told where the packets' destination is.</summary>
    Teaching,

    /// <summary>Packet-ins are sent.</summary>
    Sending,

    /// <summary>No more are sent; answers are still taken.</summary>
    Draining,

    /// <summary>The end.</summary>
    Over,
}
