using System.Collections.Immutable;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

/// <summary>What a <see cref="PacketIn"/> says, its views copied.</summary>
internal sealed record PacketInMessage(
    BufferId BufferId, ushort TotalBytes, PortNumber InPort, PacketInReason Reason) : AnyMessage
{
    public TableId Table { get; init; }

    public Cookie Cookie { get; init; }

    public ImmutableArray<byte> MatchFields { get; init; } = [];

    public ImmutableArray<byte> Packet { get; init; } = [];

    public override MessageKind Kind => MessageKind.PacketIn;

    public static PacketInMessage Of(in PacketIn view) => new(view.BufferId, view.TotalBytes, view.InPort, view.Reason)
    {
        Table = view.Table,
        Cookie = view.Cookie,
        MatchFields = [.. view.MatchFields],
        Packet = [.. view.Data],
    };

    public override int SizeOf(OpenFlowCodec codec) => codec.SizeOf(View());

    public override int Write(OpenFlowCodec codec, Span<byte> frame, Xid xid) => codec.Write(frame, xid, View());

    private PacketIn View() => new()
    {
        BufferId = BufferId,
        TotalBytes = TotalBytes,
        InPort = InPort,
        Reason = Reason,
        Table = Table,
        Cookie = Cookie,
        MatchFields = MatchFields.AsSpan(),
        Data = Packet.AsSpan(),
    };
}
