using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;

namespace Lime.Tests.Wire;

/// <summary>A packet-in that outlives its frame.</summary>
internal sealed record PacketInCopy(
    BufferId BufferId, ushort TotalBytes, PortNumber InPort, PacketInReason Reason, byte[] Data)
{
    public TableId Table { get; init; }

    public Cookie Cookie { get; init; }

    public byte[] MatchFields { get; init; } = [];

    public static PacketInCopy Of(in PacketIn message) => new(
        message.BufferId, message.TotalBytes, message.InPort, message.Reason, message.Data.ToArray())
    {
        Table = message.Table,
        Cookie = message.Cookie,
        MatchFields = message.MatchFields.ToArray(),
    };

    public PacketIn View() => new()
    {
        BufferId = BufferId,
        TotalBytes = TotalBytes,
        InPort = InPort,
        Reason = Reason,
        Table = Table,
        Cookie = Cookie,
        MatchFields = MatchFields,
        Data = Data,
    };
}
