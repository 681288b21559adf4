namespace Lime.Benchmarks.Cbench;

/// <summary>How packet-ins are offered.</summary>
internal enum CbenchMode
{
    /// <summary>One at a time a switch: the next when the last is answered.</summary>
    Latency,

    /// <summary>As many as the connections take.</summary>
    Throughput,

    /// <summary>Evenly at a rate, whatever is answered.</summary>
    OpenLoop,
}
