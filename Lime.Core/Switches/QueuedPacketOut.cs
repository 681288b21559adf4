using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Core.Switches;

/// <summary>A packet-out that outlives the call it was given in.</summary>
internal sealed class QueuedPacketOut(in PacketOut message)
{
    private readonly BufferId _bufferId = message.BufferId;
    private readonly PortNumber _inPort = message.InPort;
    private readonly ActionList _actions = message.Actions;
    private readonly byte[] _bytes = message.Data.ToArray();

    /// <summary>Whether the switch's rules decide what becomes of it.</summary>
    public bool GoesThroughTable => _actions.SendsTo(PortNumber.Table);

    public PacketOut ToMessage() => new()
    {
        BufferId = _bufferId,
        InPort = _inPort,
        Actions = _actions,
        Data = _bytes,
    };
}
