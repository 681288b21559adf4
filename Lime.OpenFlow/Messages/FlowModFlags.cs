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

    /// <summary>OpenFlow 1.0: an entry of the emergency table (OFPFF_EMERG); later versions: reset
    /// counters.</summary>
    Emergency = 4,
}
