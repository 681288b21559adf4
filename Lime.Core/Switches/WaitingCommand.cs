using Lime.OpenFlow.Channel;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>A command that a full outbox did not take: a flow-mod, alone or in a bundle, a
/// packet-out, or another message.</summary>
internal readonly record struct WaitingCommand(Xid Xid, FlowMod FlowMod)
{
    /// <summary>The message that it is instead of a flow-mod, or null.</summary>
    public OpenFlowMessage? Other { get; init; }

    /// <summary>The bundle that the flow-mod is added to, or null.</summary>
    public BundleId? Bundle { get; init; }

    /// <summary>The packet-out that it is instead, or null.</summary>
    public QueuedPacketOut? PacketOut { get; init; }

    public SendOutcome SendTo(OpenFlowChannel channel)
    {
        if (PacketOut is not null) return channel.Send(Xid, PacketOut.ToMessage());
        if (Other is not null) return channel.Send(Xid, Other);
        return Bundle is { } bundle
            ? channel.Send(Xid, FlowMod, bundle, BundleFlags.Ordered)
            : channel.Send(Xid, FlowMod);
    }
}
