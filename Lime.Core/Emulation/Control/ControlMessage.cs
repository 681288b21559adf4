using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Control;

/// <summary>A message from the controller that waits for its turn.</summary>
internal abstract record ControlMessage(Xid Xid);

/// <summary>A flow-mod.</summary>
/// <param name="Xid">Its transaction.</param>
/// <param name="Mod">What it says.</param>
/// <param name="Quote">Its first bytes, for an error.</param>
internal sealed record QueuedFlowMod(Xid Xid, FlowMod Mod, byte[] Quote) : ControlMessage(Xid);

/// <summary>A packet-out, with its own copy of the packet.</summary>
internal sealed record QueuedPacketOut(
    Xid Xid, BufferId BufferId, PortNumber InPort, ActionList Actions, byte[] Frame)
    : ControlMessage(Xid);

/// <summary>Any other message.</summary>
/// <param name="Xid">Its transaction.</param>
/// <param name="Message">What it says.</param>
/// <param name="Quote">Its first bytes, for an error.</param>
internal sealed record QueuedMessage(Xid Xid, OpenFlowMessage Message, byte[] Quote) : ControlMessage(Xid);
