using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Echoes (OpenFlow 1.0.0 sections 5.5.2 and 5.5.3, 1.3.5 section 7.5.2): the header and any bytes.</summary>
internal static class EchoBody
{
    public static int SizeOf(ImmutableArray<byte> bytes) =>
        WireLimits.FrameBytes((long)FrameHeader.SizeBytes + bytes.AsSpan().Length);

    public static void Write(ref WireWriter writer, ImmutableArray<byte> bytes) =>
        writer.WriteBytes(bytes.AsSpan());

    public static EchoRequest ReadRequest(ref WireReader reader) =>
        new(ImmutableArray.Create(reader.ReadRest()));

    public static EchoReply ReadReply(ref WireReader reader) => new(ImmutableArray.Create(reader.ReadRest()));
}
