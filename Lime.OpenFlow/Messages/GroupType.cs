namespace Lime.OpenFlow.Messages;

/// <summary>How a group uses its buckets (ofp_group_type; the values are those of the wire).</summary>
public enum GroupType : byte
{
    /// <summary>Each bucket gets a copy (OFPGT_ALL).</summary>
    All = 0,

    /// <summary>One bucket is chosen by weight (OFPGT_SELECT).</summary>
    Select = 1,

    /// <summary>The one bucket there is (OFPGT_INDIRECT).</summary>
    Indirect = 2,

    /// <summary>The first bucket that is live (OFPGT_FF).</summary>
    FastFailover = 3,
}
