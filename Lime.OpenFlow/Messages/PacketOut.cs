using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A packet for the switch to send: one that it holds, or one that comes along.</summary>
public readonly ref struct PacketOut
{
    /// <summary>Creates an empty packet-out: no buffer, no ingress port, no action.</summary>
    public PacketOut()
    {
    }

    /// <summary>The packet that the switch holds, or <see cref="BufferId.None"/>; then <see cref="Data"/> is
    /// it.</summary>
    public BufferId BufferId { get; init; } = BufferId.None;

    /// <summary>The ingress port to process it with, or <see cref="PortNumber.Any"/> (OFPP_NONE).</summary>
    public PortNumber InPort { get; init; } = PortNumber.Any;

    /// <summary>What to do with it.</summary>
    public ActionList Actions { get; init; } = ActionList.Drop;

    /// <summary>The packet, from its Ethernet header on; empty if the switch holds it.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}
