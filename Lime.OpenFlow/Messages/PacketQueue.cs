using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;

namespace Lime.OpenFlow.Messages;

/// <summary>A queue of a port.</summary>
/// <param name="Queue">Its number.</param>
/// <param name="Properties">Its properties as on the wire (ofp_queue_prop_header and what follows), back to
/// back.</param>
public sealed record PacketQueue(QueueId Queue, ImmutableArray<byte> Properties)
{
    /// <summary>The port it belongs to: in 1.0, which names none, the reply's.</summary>
    public PortNumber Port { get; init; }
}
