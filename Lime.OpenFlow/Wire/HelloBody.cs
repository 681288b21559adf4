using System.Collections.Immutable;
using Lime.OpenFlow.Messages;

namespace Lime.OpenFlow.Wire;

/// <summary>Hellos (ofp_hello, OpenFlow 1.0.0 section 5.5.1, 1.3.5 section 7.5.1): the header, whose version
/// is the offer,
/// and whatever
/// follows it.</summary>
internal static class HelloBody
{
    public static int SizeOf(HelloMessage message) =>
        WireLimits.FrameBytes((long)FrameHeader.SizeBytes + message.Elements.AsSpan().Length);

    public static void Write(ref WireWriter writer, HelloMessage message) =>
        writer.WriteBytes(message.Elements.AsSpan());

    public static HelloMessage Read(ref WireReader reader, byte version) =>
        new(version, ImmutableArray.Create(reader.ReadRest()));
}
