namespace Lime.OpenFlow.Messages;

/// <summary>How a meter measures (ofp_meter_flags; the bits are those of the wire).</summary>
[Flags]
public enum MeterFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Rates are in kb/s (OFPMF_KBPS).</summary>
    KilobitsPerSecond = 1,

    /// <summary>Rates are in packets per second (OFPMF_PKTPS).</summary>
    PacketsPerSecond = 2,

    /// <summary>The bands' burst sizes count (OFPMF_BURST).</summary>
    Burst = 4,

    /// <summary>Statistics are kept (OFPMF_STATS).</summary>
    Statistics = 8,
}
