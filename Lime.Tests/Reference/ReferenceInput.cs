using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Reference;

/// <summary>Something that happens to a switch.</summary>
internal abstract record ReferenceInput;

/// <summary>A message of the controller that is neither of the next two.</summary>
internal sealed record CommandInput(Xid Xid, OpenFlowMessage Message) : ReferenceInput;

/// <summary>A flow-mod of the controller.</summary>
internal sealed record FlowModInput(Xid Xid, FlowMod Mod) : ReferenceInput;

/// <summary>A packet-out of the controller.</summary>
internal sealed record PacketOutInput(Xid Xid, PortNumber InPort, ActionList Actions, ImmutableArray<byte> Bytes)
    : ReferenceInput
{
    public BufferId Buffer { get; init; } = BufferId.None;
}

/// <summary>A frame arrives at a port.</summary>
internal sealed record FrameInput(PortNumber Port, ImmutableArray<byte> Bytes) : ReferenceInput;

/// <summary>Time goes on: all that is due until <paramref name="Now"/>, inclusive, happens.</summary>
internal sealed record TimeInput(TimeSpan Now) : ReferenceInput;

/// <summary>The link at a port goes up or down.</summary>
internal sealed record LinkInput(PortNumber Port, bool IsUp) : ReferenceInput;
