using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Something that leaves a switch.</summary>
internal abstract record ReferenceOutput;

/// <summary>A message to the controller: a reply or an error with the request's transaction, or one that nobody asked
/// for (flow-removed, port-status).</summary>
/// <remarks>An error's bytes are empty here: they are the request's own.</remarks>
internal sealed record MessageOutput(Xid? Xid, OpenFlowMessage Message) : ReferenceOutput;

/// <summary>A packet-in.</summary>
internal sealed record PacketInOutput(PacketInReason Reason, PortNumber InPort, ImmutableArray<byte> Bytes)
    : ReferenceOutput
{
    /// <summary>The table that was looked up last (1.3).</summary>
    public TableId Table { get; init; }

    /// <summary>The cookie of the rule that sent it (1.3); all ones if none did.</summary>
    public Cookie Cookie { get; init; }

    public BufferId Buffer { get; init; } = BufferId.None;

    public int TotalBytes { get; init; }

    public ulong Metadata { get; init; }
}

/// <summary>A frame leaves by a port.</summary>
internal sealed record FrameOutput(PortNumber Port, ImmutableArray<byte> Bytes) : ReferenceOutput;
