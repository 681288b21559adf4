using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

internal sealed record FlowModMessage(FlowMod FlowMod) : AnyMessage
{
    public override MessageKind Kind => MessageKind.FlowMod;

    public override int SizeOf(OpenFlowCodec codec) => codec.SizeOf(FlowMod);

    public override int Write(OpenFlowCodec codec, Span<byte> frame, Xid xid) => codec.Write(frame, xid, FlowMod);
}
