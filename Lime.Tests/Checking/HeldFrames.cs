using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.Tests.Reference;

namespace Lime.Tests.Checking;

/// <summary>The packets that the switch holds for the app, by the ids that packet-ins told.</summary>
internal sealed class HeldFrames(Trace trace)
{
    private readonly HashSet<int> _used = [];

    /// <summary>A packet-out with its packet, whether it brings it or names it. One that names no packet keeps its id,
    /// which the reference switch doesn't know either.</summary>
    public PacketOutInput InputOf(PacketOutSent sent, int eventIndex)
    {
        SentPacket packet = sent.Packet;
        if (packet.BufferId != BufferId.None && Find(packet.BufferId, eventIndex) is { } held)
            return new PacketOutInput(sent.Xid, packet.InPort, packet.Actions, [.. held]);
        return new PacketOutInput(sent.Xid, packet.InPort, packet.Actions, [.. packet.Frame])
        {
            Buffer = packet.BufferId,
        };
    }

    private byte[]? Find(BufferId id, int before)
    {
        for (int i = before - 1; i >= 0; i--)
        {
            if (trace.Events[i] is PacketInReceived seen && seen.Packet.BufferId == id)
                return _used.Add(i) ? seen.Packet.Frame : null;
        }
        return null;
    }
}
