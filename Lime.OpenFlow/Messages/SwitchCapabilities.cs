namespace Lime.OpenFlow.Messages;

/// <summary>What a switch can do (ofp_capabilities). Bits 0..31 are those of the wire in 1.3; what 1.0 alone has lies
/// 32 bits above its own place.</summary>
[Flags]
public enum SwitchCapabilities : ulong
{
    /// <summary>Nothing of it.</summary>
    None = 0,

    /// <summary>Statistics of rules (OFPC_FLOW_STATS).</summary>
    FlowStatistics = 1 << 0,

    /// <summary>Statistics of tables (OFPC_TABLE_STATS).</summary>
    TableStatistics = 1 << 1,

    /// <summary>Statistics of ports (OFPC_PORT_STATS).</summary>
    PortStatistics = 1 << 2,

    /// <summary>1.1 and later: statistics of groups (OFPC_GROUP_STATS).</summary>
    GroupStatistics = 1 << 3,

    /// <summary>Reassembles IP fragments (OFPC_IP_REASM).</summary>
    IpReassembly = 1 << 5,

    /// <summary>Statistics of queues (OFPC_QUEUE_STATS).</summary>
    QueueStatistics = 1 << 6,

    /// <summary>1.0 and 1.1: matches the addresses in ARP packets (OFPC_ARP_MATCH_IP).</summary>
    MatchesArpAddresses = 1 << 7,

    /// <summary>1.2 and later: blocks ports that would make a loop (OFPC_PORT_BLOCKED).</summary>
    PortBlocked = 1 << 8,

    /// <summary>1.0 only: spanning tree (OFPC_STP, whose bit 1.1 gave to group statistics).</summary>
    SpanningTree = 1ul << 35,
}
