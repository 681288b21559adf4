namespace Lime.OpenFlow.Messages;

/// <summary>How a bundle is carried out (ofp_bundle_flags; the bits are those of the wire).</summary>
[Flags]
public enum BundleFlags : ushort
{
    /// <summary>In any order, message by message.</summary>
    None = 0,

    /// <summary>All or nothing, and no packet sees a part of it (OFPBF_ATOMIC).</summary>
    Atomic = 1,

    /// <summary>In the order in which messages were added (OFPBF_ORDERED).</summary>
    Ordered = 2,
}
