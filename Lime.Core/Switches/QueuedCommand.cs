using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>A command that waits: a flow-mod, another command, the end of a rule's time, a packet-out, or a
/// barrier.</summary>
internal sealed class QueuedCommand
{
    public QueuedCommand(in FlowMod flowMod, Xid xid)
    {
        FlowMod = flowMod;
        Xid = xid;
        IsFlowMod = true;
    }

    public QueuedCommand(OpenFlowMessage message, Xid xid)
    {
        Message = message;
        Xid = xid;
    }

    public QueuedCommand(QueuedPacketOut packetOut, Xid xid)
    {
        PacketOut = packetOut;
        Xid = xid;
    }

    public QueuedCommand(TaskCompletionSource barrier) => Barrier = barrier;

    public QueuedCommand(RuleExpiry expiry) => Expiry = expiry;

    public bool IsFlowMod { get; }

    public FlowMod FlowMod { get; }

    /// <summary>A command on a group, meter, port or table, or null.</summary>
    public OpenFlowMessage? Message { get; }

    public Xid Xid { get; }

    /// <summary>Whether one switch would refuse it.</summary>
    public bool IsRefused { get; set; }

    /// <summary>The end of a rule's time, or null.</summary>
    public RuleExpiry? Expiry { get; }

    public QueuedPacketOut? PacketOut { get; }

    public TaskCompletionSource? Barrier { get; }
}
