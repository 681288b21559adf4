using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire;

/// <summary>A packet-out that outlives its frame.</summary>
internal sealed record PacketOutCopy(BufferId BufferId, PortNumber InPort, ActionList Actions, byte[] Data)
{
    public static PacketOutCopy Of(in PacketOut message) =>
        new(message.BufferId, message.InPort, message.Actions, message.Data.ToArray());

    public PacketOut View() => new() { BufferId = BufferId, InPort = InPort, Actions = Actions, Data = Data };
}
