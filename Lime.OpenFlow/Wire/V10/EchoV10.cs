using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire.V10;

/// <summary>Echoes (OpenFlow 1.0.0 sections 5.5.2 and 5.5.3): the header and any bytes.</summary>
internal static class EchoV10
{
    public static int SizeOf(ImmutableArray<byte> bytes) =>
        LimitsV10.FrameBytes((long)FrameHeader.SizeBytes + bytes.AsSpan().Length);

    public static void Write(ref WireWriter writer, ImmutableArray<byte> bytes) =>
        writer.WriteBytes(bytes.AsSpan());

    public static EchoRequest ReadRequest(ref WireReader reader) =>
        new(ImmutableArray.Create(reader.ReadRest()));

    public static EchoReply ReadReply(ref WireReader reader) => new(ImmutableArray.Create(reader.ReadRest()));
}
