using System.Diagnostics;
using Lime.OpenFlow;
using Lime.OpenFlow.Identifiers;
using Lime.OpenFlow.Messages;
using Lime.OpenFlow.Messages.Multipart;
using Lime.OpenFlow.Wire;

namespace Lime.Tests.Sample.Decoding;

/// <summary>A codec with one fault in its control messages.</summary>
internal sealed class FaultyCodec(OpenFlowCodec codec, CodecFault fault) : OpenFlowCodec
{
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(3);

    private byte[] _waste = [];

    public override OpenFlowVersion Version => codec.Version;

    public override TableSemantics Semantics => codec.Semantics;

    public override MessageKind KindOf(byte wireType) => codec.KindOf(wireType);

    public override PacketIn ReadPacketIn(ReadOnlySpan<byte> frame) => codec.ReadPacketIn(frame);

    public override PacketOut ReadPacketOut(ReadOnlySpan<byte> frame) => codec.ReadPacketOut(frame);

    public override FlowMod ReadFlowMod(ReadOnlySpan<byte> frame) => codec.ReadFlowMod(frame);

    public override OpenFlowMessage ReadMessage(ReadOnlySpan<byte> frame)
    {
        if (fault == CodecFault.Throws) _ = _waste[frame.Length];
        if (fault == CodecFault.Allocates) _waste = new byte[(16 * frame.Length) + 4096];
        if (fault == CodecFault.TakesManySteps) ReaderSteps.Add(frame.Length);
        long start = Stopwatch.GetTimestamp();
        while (fault == CodecFault.TakesLong && Stopwatch.GetElapsedTime(start) < Long) _ = _waste.Length;
        return codec.ReadMessage(frame);
    }

    public override int SizeOf(in PacketIn message) => codec.SizeOf(message);

    public override int SizeOf(in PacketOut message) => codec.SizeOf(message);

    public override int SizeOf(in FlowMod message) => codec.SizeOf(message);

    public override int SizeOf(OpenFlowMessage message) =>
        codec.SizeOf(message) + (fault == CodecFault.Miscounts ? 1 : 0);

    public override int Write(Span<byte> frame, Xid xid, in PacketIn message) => codec.Write(frame, xid, message);

    public override int Write(Span<byte> frame, Xid xid, in PacketOut message) => codec.Write(frame, xid, message);

    public override int Write(Span<byte> frame, Xid xid, in FlowMod message) => codec.Write(frame, xid, message);

    public override bool TrySetFlags(Span<byte> front, FlowModFlags flags) => codec.TrySetFlags(front, flags);

    public override string? FindUnlisted(in FlowMod flowMod, FeaturesReply features, TableFeatures? table) =>
        codec.FindUnlisted(flowMod, features, table);

    public override int Write(Span<byte> frame, Xid xid, OpenFlowMessage message)
    {
        if (fault == CodecFault.RefusesItsOwn) throw new UnsupportedByVersionException(Version, "EchoRequest");
        int written = codec.Write(frame, xid, message);
        if (fault == CodecFault.Changes) frame[written - 1] ^= 1;
        return written;
    }
}
