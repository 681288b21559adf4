namespace Lime.Apps.Sample.Decoding.Numbers;

/// <summary>Names of commands, reasons, flags and types, as in the specification without their prefixes.</summary>
internal static class FieldNames
{
    public static NamedNumber FlowModCommand { get; } =
        NamedNumber.InOrder(ushort.MaxValue, "ADD", "MODIFY", "MODIFY_STRICT", "DELETE", "DELETE_STRICT");

    public static FlagNumber FlowModFlags { get; } = new(ushort.MaxValue,
        ("SEND_FLOW_REM", 1), ("CHECK_OVERLAP", 2), ("RESET_COUNTS", 4), ("NO_PKT_COUNTS", 8), ("NO_BYT_COUNTS", 16),
        ("EMERG", 0x8000));

    public static NamedNumber FlowRemovedReason { get; } =
        NamedNumber.InOrder(byte.MaxValue, "IDLE_TIMEOUT", "HARD_TIMEOUT", "DELETE", "GROUP_DELETE");

    public static NamedNumber PacketInReason { get; } =
        NamedNumber.InOrder(byte.MaxValue, "NO_MATCH", "ACTION", "INVALID_TTL");

    public static NamedNumber PortStatusReason { get; } =
        NamedNumber.InOrder(byte.MaxValue, "ADD", "DELETE", "MODIFY");

    public static FlagNumber PortConfig { get; } = FlagNumber.FromBit0(uint.MaxValue,
        "PORT_DOWN", "NO_STP", "NO_RECV", "NO_RECV_STP", "NO_FLOOD", "NO_FWD", "NO_PACKET_IN");

    public static FlagNumber PortState { get; } =
        FlagNumber.FromBit0(uint.MaxValue, "LINK_DOWN", "BLOCKED", "LIVE");

    public static FlagNumber PortFeatures { get; } = FlagNumber.FromBit0(ulong.MaxValue,
        "10MB_HD", "10MB_FD", "100MB_HD", "100MB_FD", "1GB_HD", "1GB_FD", "10GB_FD", "40GB_FD", "100GB_FD", "1TB_FD",
        "OTHER", "COPPER", "FIBER", "AUTONEG", "PAUSE", "PAUSE_ASYM");

    public static FlagNumber Capabilities { get; } = new(ulong.MaxValue,
        ("FLOW_STATS", 1), ("TABLE_STATS", 2), ("PORT_STATS", 4), ("GROUP_STATS", 8), ("IP_REASM", 32),
        ("QUEUE_STATS", 64), ("ARP_MATCH_IP", 128), ("PORT_BLOCKED", 256), ("STP", 1ul << 35));

    public static NamedNumber GroupModCommand { get; } =
        NamedNumber.InOrder(ushort.MaxValue, "ADD", "MODIFY", "DELETE");

    public static NamedNumber GroupType { get; } =
        NamedNumber.InOrder(byte.MaxValue, "ALL", "SELECT", "INDIRECT", "FF");

    public static NamedNumber MeterModCommand { get; } =
        NamedNumber.InOrder(ushort.MaxValue, "ADD", "MODIFY", "DELETE");

    public static FlagNumber MeterFlags { get; } =
        FlagNumber.FromBit0(ushort.MaxValue, "KBPS", "PKTPS", "BURST", "STATS");

    public static NamedNumber MeterBandType { get; } =
        new(ushort.MaxValue, ("DROP", 1), ("DSCP_REMARK", 2), ("EXPERIMENTER", 0xffff));

    public static NamedNumber Role { get; } =
        NamedNumber.InOrder(uint.MaxValue, "NOCHANGE", "EQUAL", "MASTER", "SLAVE");

    public static NamedNumber BundleControlType { get; } = NamedNumber.InOrder(ushort.MaxValue,
        "OPEN_REQUEST", "OPEN_REPLY", "CLOSE_REQUEST", "CLOSE_REPLY", "COMMIT_REQUEST", "COMMIT_REPLY",
        "DISCARD_REQUEST", "DISCARD_REPLY");

    public static FlagNumber BundleFlags { get; } = FlagNumber.FromBit0(ushort.MaxValue, "ATOMIC", "ORDERED");

    public static NamedNumber ActionKind { get; } = NamedNumber.InOrder(26,
        "OUTPUT", "SET_VLAN_VID", "SET_VLAN_PCP", "STRIP_VLAN", "SET_DL_SRC", "SET_DL_DST", "SET_NW_SRC", "SET_NW_DST",
        "SET_NW_TOS", "SET_TP_SRC", "SET_TP_DST", "ENQUEUE", "OPAQUE", "PUSH_VLAN", "PUSH_MPLS", "POP_MPLS",
        "PUSH_PBB", "POP_PBB", "SET_MPLS_TTL", "DEC_MPLS_TTL", "SET_NW_TTL", "DEC_NW_TTL", "COPY_TTL_OUT",
        "COPY_TTL_IN", "SET_QUEUE", "GROUP", "SET_FIELD");

    public static NamedNumber TablePropertyType { get; } = new(ushort.MaxValue,
        ("INSTRUCTIONS", 0), ("INSTRUCTIONS_MISS", 1), ("NEXT_TABLES", 2), ("NEXT_TABLES_MISS", 3),
        ("WRITE_ACTIONS", 4), ("WRITE_ACTIONS_MISS", 5), ("APPLY_ACTIONS", 6), ("APPLY_ACTIONS_MISS", 7),
        ("MATCH", 8), ("WILDCARDS", 10), ("WRITE_SETFIELD", 12), ("WRITE_SETFIELD_MISS", 13),
        ("APPLY_SETFIELD", 14), ("APPLY_SETFIELD_MISS", 15), ("EXPERIMENTER", 0xfffe),
        ("EXPERIMENTER_MISS", 0xffff));
}
