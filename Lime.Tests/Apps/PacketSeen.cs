using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Apps;

/// <summary>A packet-in as an app saw it, copied.</summary>
internal sealed record PacketSeen(
    string Switch, PortNumber InPort, PacketInReason Reason, BufferId Buffer, byte[] Frame)
{
    public TableId Table { get; init; }

    public Cookie Cookie { get; init; }

    public ushort TotalBytes { get; init; }
}
