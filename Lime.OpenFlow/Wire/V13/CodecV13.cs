using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;

namespace Lime.OpenFlow.Wire.V13;

/// <summary>OpenFlow 1.3.5 on the wire.</summary>
/// <remarks>Each Write computes the size first, which checks all that could be refused; so it fails
/// before it writes.
/// Threading: no state; any thread may use it.</remarks>
internal sealed class CodecV13 : OpenFlowCodec
{
    /// <inheritdoc/>
    public override OpenFlowVersion Version => OpenFlowVersion.V13;

    /// <inheritdoc/>
    public override TableSemantics Semantics => TableSemantics.V13;

    /// <inheritdoc/>
    public override MessageKind KindOf(byte wireType) => MessageTypeV13.KindOf(wireType);

    /// <inheritdoc/>
    public override PacketIn ReadPacketIn(ReadOnlySpan<byte> frame) => PacketInV13.Read(frame);

    /// <inheritdoc/>
    public override PacketOut ReadPacketOut(ReadOnlySpan<byte> frame) => PacketOutV13.Read(frame);

    /// <inheritdoc/>
    public override FlowMod ReadFlowMod(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.Skip(FrameHeader.SizeBytes, "ofp_header");
        return FlowModV13.Read(ref reader);
    }

    /// <inheritdoc/>
    public override OpenFlowMessage ReadMessage(ReadOnlySpan<byte> frame) => ControlMessageV13.Read(frame);

    /// <inheritdoc/>
    public override int SizeOf(in PacketIn message) => PacketInV13.SizeOf(message);

    /// <inheritdoc/>
    public override int SizeOf(in PacketOut message) => PacketOutV13.SizeOf(message);

    /// <inheritdoc/>
    public override int SizeOf(in FlowMod message) => FlowModV13.SizeOf(message);

    /// <inheritdoc/>
    public override int SizeOf(OpenFlowMessage message) => ControlMessageV13.SizeOf(message);

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, in PacketIn message)
    {
        WireWriter writer = Start(frame, xid, MessageKind.PacketIn, PacketInV13.SizeOf(message));
        PacketInV13.Write(ref writer, message);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, in PacketOut message)
    {
        WireWriter writer = Start(frame, xid, MessageKind.PacketOut, PacketOutV13.SizeOf(message));
        PacketOutV13.Write(ref writer, message);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, in FlowMod message) =>
        Write(frame, xid, message, FlowModV13.SizeOf(message), message.Flags);

    internal override int Write(
        Span<byte> frame, Xid xid, in FlowMod message, int sizeBytes, FlowModFlags flags)
    {
        WireWriter writer = Start(frame, xid, MessageKind.FlowMod, sizeBytes);
        FlowModV13.Write(ref writer, message, flags);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override int Write(Span<byte> frame, Xid xid, OpenFlowMessage message)
    {
        int bytes = ControlMessageV13.SizeOf(message);
        byte version = message is HelloMessage hello ? hello.Version : (byte)OpenFlowVersion.V13;
        WireWriter writer = Start(frame, xid, message.Kind, bytes, version);
        ControlMessageV13.Write(ref writer, message);
        if (message is BundleAdd) BundlesV13.SetInnerXid(frame, xid);
        return writer.Offset;
    }

    /// <inheritdoc/>
    public override int SizeOfBundled(in FlowMod message) => BundlesV13.SizeOfBundled(FlowModV13.SizeOf(message));

    /// <inheritdoc/>
    public override int WriteBundled(
        Span<byte> frame, Xid xid, in FlowMod message, BundleId bundle, BundleFlags flags)
    {
        int bytes = FlowModV13.SizeOf(message);
        WireWriter writer = Start(frame, xid, MessageKind.BundleAdd, BundlesV13.SizeOfBundled(bytes));
        BundlesV13.WriteAddHeader(ref writer, bundle, flags);
        WireWriter inner = Start(frame[writer.Offset..], xid, MessageKind.FlowMod, bytes);
        FlowModV13.Write(ref inner, message);
        return writer.Offset + inner.Offset;
    }

    /// <inheritdoc/>
    public override bool TrySetFlags(Span<byte> front, FlowModFlags flags) =>
        FlowModV13.TrySetFlags(front, flags);

    /// <inheritdoc/>
    public override string? FindUnlisted(in FlowMod flowMod, FeaturesReply features, TableFeatures? table) =>
        table is null ? null : AbilitiesV13.FindUnlisted(flowMod, table);

    private static WireWriter Start(
        Span<byte> frame, Xid xid, MessageKind kind, int bytes, byte version = (byte)OpenFlowVersion.V13)
    {
        if (frame.Length < bytes)
            throw new ArgumentException($"{bytes} bytes have no room in {frame.Length}.", nameof(frame));
        new FrameHeader(version, MessageTypeV13.NumberOf(kind), (ushort)bytes, xid).Write(frame);
        var writer = new WireWriter(frame[..bytes]);
        writer.Skip(FrameHeader.SizeBytes);
        return writer;
    }
}
