using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Wire;

namespace Lime.Apps.Sample.Decoding.Messages;

/// <summary>A message of any kind, kept on the heap; the codec has a method for each of the four.</summary>
/// <remarks>Threading: immutable.</remarks>
internal abstract record AnyMessage
{
    public abstract MessageKind Kind { get; }

    /// <summary>Reads a whole frame by the method for its type.</summary>
    /// <exception cref="Lime.OpenFlow.OpenFlowProtocolException">It is malformed.</exception>
    public static AnyMessage Read(OpenFlowCodec codec, ReadOnlySpan<byte> frame) => codec.KindOf(frame[1]) switch
    {
        MessageKind.PacketIn => PacketInMessage.Of(codec.ReadPacketIn(frame)),
        MessageKind.PacketOut => PacketOutMessage.Of(codec.ReadPacketOut(frame)),
        MessageKind.FlowMod => new FlowModMessage(codec.ReadFlowMod(frame)),
        _ => new ControlMessage(codec.ReadMessage(frame)),
    };

    /// <summary>The frame's size in bytes; refuses what the version can't say.</summary>
    public abstract int SizeOf(OpenFlowCodec codec);

    public abstract int Write(OpenFlowCodec codec, Span<byte> frame, Xid xid);

    /// <summary>The whole frame.</summary>
    public byte[] ToFrame(OpenFlowCodec codec, Xid xid)
    {
        byte[] frame = new byte[SizeOf(codec)];
        Write(codec, frame, xid);
        return frame;
    }
}
