using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Matching;

namespace Lime.OpenFlow.Messages.Multipart;

/// <summary>A rule and its counters (ofp_flow_stats).</summary>
public sealed record FlowStatistics
{
    /// <summary>The table it lies in.</summary>
    public TableId Table { get; init; }

    /// <summary>Its match.</summary>
    public Match Match { get; init; }

    /// <summary>How long it has been there.</summary>
    public Duration Duration { get; init; }

    /// <summary>Its priority.</summary>
    public ushort Priority { get; init; }

    /// <summary>Its idle timeout in seconds; 0: none.</summary>
    public ushort IdleTimeoutSeconds { get; init; }

    /// <summary>Its hard timeout in seconds; 0: none.</summary>
    public ushort HardTimeoutSeconds { get; init; }

    /// <summary>Its cookie.</summary>
    public Cookie Cookie { get; init; }

    /// <summary>Packets it has matched.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>Bytes of those packets.</summary>
    public ulong ByteCount { get; init; }

    /// <summary>Its flags (1.3; none in 1.0).</summary>
    public FlowModFlags Flags { get; init; }

    /// <summary>What it does (1.3: its apply-actions instruction).</summary>
    public ActionList Actions { get; init; } = ActionList.Drop;

    /// <summary>What it does beside (1.1 and later).</summary>
    public FlowInstructions Instructions { get; init; } = FlowInstructions.None;
}
