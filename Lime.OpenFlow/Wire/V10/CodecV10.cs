using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>OpenFlow 1.0.0 on the wire.</summary>
/// <remarks>Each Write computes the size first, which checks all that could be refused; so it fails
/// before it writes.
/// Threading: no state; any thread may use it.</remarks>
internal sealed class CodecV10 : OpenFlowCodec
{
    /// <inheritdoc/>
    public override OpenFlowVersion Version => OpenFlowVersion.V10;

    /// <inheritdoc/>
    public override TableSemantics Semantics => TableSemantics.V10;

    /// <inheritdoc/>
    public override MessageKind KindOf(byte wireType) => MessageTypeV10.KindOf(wireType);

    /// <inheritdoc/>
    public override PacketIn ReadPacketIn(ReadOnlySpan<byte> frame) => PacketInV10.Read(frame);

    /// <inheritdoc/>
    public override PacketOut ReadPacketOut(ReadOnlySpan<byte> frame) => PacketOutV10.Read(frame);

    /// <inheritdoc/>
    public override FlowMod ReadFlowMod(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.Skip(FrameHeader.SizeBytes, "ofp_header");
        return FlowModV10.Read(ref reader);
    }

    /// <inheritdoc/>
    public override OpenFlowMessage ReadMessage(ReadOnlySpan<byte> frame) => ControlMessageV10.Read(frame);

    /// <inheritdoc/>
    public override int SizeOf(in PacketIn message) => PacketInV10.SizeOf(message);

    /// <inheritdoc/>
    public override int SizeOf(in PacketOut message) => PacketOutV10.SizeOf(message);

    /// <inheritdoc/>
    public override int SizeOf(in FlowMod message) => FlowModV10.SizeOf(message);

    /// <inheritdoc/>
    public override int SizeOf(OpenFlowMessage message) => ControlMessageV10.SizeOf(message);

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, in PacketIn message)
    {
        WireWriter writer = Start(frame, xid, MessageKind.PacketIn, PacketInV10.SizeOf(message));
        PacketInV10.Write(ref writer, message);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, in PacketOut message)
    {
        WireWriter writer = Start(frame, xid, MessageKind.PacketOut, PacketOutV10.SizeOf(message));
        PacketOutV10.Write(ref writer, message);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, in FlowMod message) =>
        FlowModV10.Write(frame, xid, message, FlowModV10.SizeOf(message), message.Flags);

    internal override int Write(
        Span<byte> frame, Xid xid, in FlowMod message, int sizeBytes, FlowModFlags flags) =>
        FlowModV10.Write(frame, xid, message, sizeBytes, flags);

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, OpenFlowMessage message)
    {
        int bytes = ControlMessageV10.SizeOf(message);
        byte version = message is HelloMessage hello ? hello.Version : (byte)OpenFlowVersion.V10;
        WireWriter writer = Start(frame, xid, message.Kind, bytes, version);
        ControlMessageV10.Write(ref writer, message);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override bool TrySetFlags(Span<byte> front, FlowModFlags flags) =>
        FlowModV10.TrySetFlags(front, flags);

    /// <inheritdoc/>
    public override string? FindUnlisted(in FlowMod flowMod, FeaturesReply features, TableFeatures? table) =>
        AbilitiesV10.FindUnlisted(flowMod.Actions, features);

    private static WireWriter Start(
        Span<byte> frame, Xid xid, MessageKind kind, int bytes, byte version = (byte)OpenFlowVersion.V10)
    {
        if (frame.Length < bytes)
            throw new ArgumentException($"{bytes} bytes have no room in {frame.Length}.", nameof(frame));
        new FrameHeader(version, MessageTypeV10.NumberOf(kind), (ushort)bytes, xid).Write(frame);
        var writer = new WireWriter(frame[..bytes]);
        writer.Skip(FrameHeader.SizeBytes);
        return writer;
    }
}
