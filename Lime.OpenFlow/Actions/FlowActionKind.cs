namespace Lime.OpenFlow.Actions;

/// <summary>What a <see cref="FlowAction"/> does.</summary>
public enum FlowActionKind : byte
{
    /// <summary>Send out of a port (OFPAT_OUTPUT).</summary>
    Output,

    /// <summary>Set the 802.1Q VLAN id, adding a tag if there is none (OFPAT_SET_VLAN_VID).</summary>
    SetVlanId,

    /// <summary>Set the 802.1Q priority, adding a tag if there is none (OFPAT_SET_VLAN_PCP).</summary>
    SetVlanPriority,

    /// <summary>Take the outermost VLAN tag off (OFPAT_STRIP_VLAN, 1.3: OFPAT_POP_VLAN).</summary>
    StripVlan,

    /// <summary>Set the Ethernet source (OFPAT_SET_DL_SRC).</summary>
    SetEthSource,

    /// <summary>Set the Ethernet destination (OFPAT_SET_DL_DST).</summary>
    SetEthDestination,

    /// <summary>Set the IPv4 source (OFPAT_SET_NW_SRC).</summary>
    SetIpv4Source,

    /// <summary>Set the IPv4 destination (OFPAT_SET_NW_DST).</summary>
    SetIpv4Destination,

    /// <summary>Set the IPv4 type of service, its upper six bits (OFPAT_SET_NW_TOS).</summary>
    SetIpTos,

    /// <summary>Set the TCP or UDP source port (OFPAT_SET_TP_SRC).</summary>
    SetTransportSource,

    /// <summary>Set the TCP or UDP destination port (OFPAT_SET_TP_DST).</summary>
    SetTransportDestination,

    /// <summary>Send out of a port through one of its queues (OFPAT_ENQUEUE).</summary>
    Enqueue,

    /// <summary>An action this library does not know, kept byte for byte.</summary>
    Opaque,

    /// <summary>1.3: put a VLAN tag of a given Ethernet type on (OFPAT_PUSH_VLAN).</summary>
    PushVlan,

    /// <summary>1.3: put an MPLS header of a given Ethernet type on (OFPAT_PUSH_MPLS).</summary>
    PushMpls,

    /// <summary>1.3: take the outermost MPLS header off; the payload's Ethernet type is given
    /// (OFPAT_POP_MPLS).</summary>
    PopMpls,

    /// <summary>1.3: put a PBB header of a given Ethernet type on (OFPAT_PUSH_PBB).</summary>
    PushPbb,

    /// <summary>1.3: take the outermost PBB header off (OFPAT_POP_PBB).</summary>
    PopPbb,

    /// <summary>1.3: set the MPLS time to live (OFPAT_SET_MPLS_TTL).</summary>
    SetMplsTtl,

    /// <summary>1.3: decrement the MPLS time to live (OFPAT_DEC_MPLS_TTL).</summary>
    DecrementMplsTtl,

    /// <summary>1.3: set the IP time to live (OFPAT_SET_NW_TTL).</summary>
    SetIpTtl,

    /// <summary>1.3: decrement the IP time to live (OFPAT_DEC_NW_TTL).</summary>
    DecrementIpTtl,

    /// <summary>1.3: copy the time to live outwards (OFPAT_COPY_TTL_OUT).</summary>
    CopyTtlOut,

    /// <summary>1.3: copy the time to live inwards (OFPAT_COPY_TTL_IN).</summary>
    CopyTtlIn,

    /// <summary>1.3: choose the queue that later outputs go through (OFPAT_SET_QUEUE).</summary>
    SetQueue,

    /// <summary>1.3: process by a group (OFPAT_GROUP).</summary>
    Group,

    /// <summary>1.3: set a header field that has no kind of its own here (OFPAT_SET_FIELD).</summary>
    SetField,
}
