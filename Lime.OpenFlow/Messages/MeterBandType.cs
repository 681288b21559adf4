namespace Lime.OpenFlow.Messages;

/// <summary>What a meter's band does to packets above its rate (ofp_meter_band_type; the values are those of the
/// wire). Others are kept as bytes.</summary>
public enum MeterBandType : ushort
{
    /// <summary>Drop them (OFPMBT_DROP).</summary>
    Drop = 1,

    /// <summary>Raise the drop precedence in their DSCP (OFPMBT_DSCP_REMARK).</summary>
    DscpRemark = 2,

    /// <summary>An experimenter's (OFPMBT_EXPERIMENTER).</summary>
    Experimenter = 0xffff,
}
