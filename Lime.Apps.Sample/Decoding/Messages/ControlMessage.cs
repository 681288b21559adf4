using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

/// <summary>Every message but packet-in, packet-out and flow-mod.</summary>
internal sealed record ControlMessage(OpenFlowMessage Message) : AnyMessage
{
    public override MessageKind Kind => Message.Kind;

    public override int SizeOf(OpenFlowCodec codec) => codec.SizeOf(Message);

    public override int Write(OpenFlowCodec codec, Span<byte> frame, Xid xid) => codec.Write(frame, xid, Message);
}
