namespace Lime.OpenFlow.Messages;

/// <summary>Flags of a flow-mod (ofp_flow_mod_flags).</summary>
[Flags]
public enum FlowModFlags : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Report when the rule goes (OFPFF_SEND_FLOW_REM).</summary>
    SendFlowRemoved = 1,

    /// <summary>Refuse the rule if it overlaps one of the same priority (OFPFF_CHECK_OVERLAP).</summary>
    CheckOverlap = 2,

    /// <summary>1.2 and later: an ADD or MODIFY zeroes the counters (OFPFF_RESET_COUNTS).</summary>
    ResetCounts = 4,

    /// <summary>1.3: packets need not be counted (OFPFF_NO_PKT_COUNTS).</summary>
    NoPacketCounts = 8,

    /// <summary>1.3: bytes need not be counted (OFPFF_NO_BYT_COUNTS).</summary>
    NoByteCounts = 16,

    /// <summary>OpenFlow 1.0 only: an entry of the emergency table (OFPFF_EMERG, whose bit later versions gave to
    /// <see cref="ResetCounts"/>).</summary>
    Emergency = 0x8000,
}
