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

    /// <summary>Take the 802.1Q tag off (OFPAT_STRIP_VLAN).</summary>
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
}
