using System.Collections.Immutable;
using Lime.OpenFlow.Actions;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

/// <summary>What a <see cref="PacketOut"/> says, its packet copied.</summary>
internal sealed record PacketOutMessage(
    BufferId BufferId, PortNumber InPort, ActionList Actions, ImmutableArray<byte> Packet) : AnyMessage
{
    public override MessageKind Kind => MessageKind.PacketOut;

    public static PacketOutMessage Of(in PacketOut view) =>
        new(view.BufferId, view.InPort, view.Actions, [.. view.Data]);

    public override int SizeOf(OpenFlowCodec codec) => codec.SizeOf(View());

    public override int Write(OpenFlowCodec codec, Span<byte> frame, Xid xid) => codec.Write(frame, xid, View());

    private PacketOut View() =>
        new() { BufferId = BufferId, InPort = InPort, Actions = Actions, Data = Packet.AsSpan() };
}
