using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>A command that waits: a flow-mod, a packet-out, or a barrier.</summary>
internal sealed class QueuedCommand
{
    public QueuedCommand(in FlowMod flowMod, Xid xid)
    {
        FlowMod = flowMod;
        Xid = xid;
        IsFlowMod = true;
    }

    public QueuedCommand(QueuedPacketOut packetOut) => PacketOut = packetOut;

    public QueuedCommand(TaskCompletionSource barrier) => Barrier = barrier;

    public bool IsFlowMod { get; }

    public FlowMod FlowMod { get; }

    public Xid Xid { get; }

    public QueuedPacketOut? PacketOut { get; }

    public TaskCompletionSource? Barrier { get; }
}
